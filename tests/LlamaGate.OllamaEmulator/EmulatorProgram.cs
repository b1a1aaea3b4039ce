using LlamaGate.OllamaEmulator.Hosting;

namespace LlamaGate.OllamaEmulator;

/// <summary>
/// The executable. Not top-level statements: their Program class would stand beside the gateway's in its tests.
/// </summary>
internal static class EmulatorProgram
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["--help"] or ["-h"])
        {
            await Console.Out.WriteLineAsync(CommandLine.Usage);
            return 0;
        }

        try
        {
            await using var app = EmulatorHost.Build(new Emulator(CommandLine.Parse(args)), handleSignals: true);
            await app.StartAsync();
            await Console.Out.WriteLineAsync("Ollama emulator: a stand-in, no model runs here");
            await Console.Out.WriteLineAsync($"Listening on {EmulatorHost.AddressOf(app)}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"ollama-emulator: {e.Message}\n{CommandLine.Usage}");
            return 2;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"ollama-emulator: {e.Message}");
            return 1;
        }
    }
}
