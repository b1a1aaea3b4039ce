namespace LlamaGate.Bench;

/// <summary>Where things are; run.sh has built them.</summary>
/// <param name="Root">The repository.</param>
/// <param name="Work">A directory of this run alone.</param>
internal sealed record BenchPlaces(string Root, string Work)
{
    public string Emulator => Path.Combine(Root, "tests/LlamaGate.OllamaEmulator/bin/Release/net10.0/ollama-emulator.dll");

    public string Yarp => Path.Combine(Root, "bench/LlamaGate.Bench.Yarp/bin/Release/net10.0/yarp.dll");

    public string ProbeHook => Path.Combine(Root, "bench/LlamaGate.Bench.Probe/bin/Release/net10.0/LlamaGate.Bench.Probe.dll");

    public string WrkScript => Path.Combine(Root, "bench/wrk/post.lua");

    public string Targets => Path.Combine(Root, "bench/targets.json");
}
