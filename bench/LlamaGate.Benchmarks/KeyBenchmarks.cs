using System.Text;
using BenchmarkDotNet.Attributes;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Infrastructure.Callers;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlamaGate.Benchmarks;

/// <summary>The holder of a request's key is found among few and among many.</summary>
public class KeyBenchmarks
{
    private const int Many = 10_000;

    // As long as those of llamagate keys add.
    private const string KeyPrefix = "lg-0123456789012345678901234567890123456789-";

    private string _folder = "";
    private CallerDirectory? _one;
    private CallerDirectory? _many;

    [GlobalSetup]
    public void Start()
    {
        _folder = Directory.CreateTempSubdirectory("llamagate-keys-").FullName;
        _one = Open("one.json", 1);
        _many = Open("many.json", Many);
    }

    [GlobalCleanup]
    public void Stop()
    {
        _one?.Dispose();
        _many?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public string FindAmongOne() => Find(_one!, KeyPrefix + "0");

    [Benchmark]
    public string FindAmongTenThousand() => Find(_many!, KeyPrefix + "9999");

    private static string Find(CallerDirectory directory, string key) =>
        directory.Find(key, out var caller) is KeyVerdict.Right ? caller!.Id : "";

    private CallerDirectory Open(string name, int count)
    {
        var text = new StringBuilder("{\"keys\":[");
        text.AppendJoin(',', Enumerable.Range(0, count).Select(i => $$"""{"id":"k{{i}}","hash":"{{KeyDigest.Of($"{KeyPrefix}{i}").ToText()}}"}"""));
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text.Append("]}").ToString());
        return new CallerDirectory(
            new CallerDirectoryOptions { File = new KeysFileOptions(path) { MayBeOpen = true }, ApiKey = () => "", RateLimitRps = 10 },
            TimeProvider.System,
            NullLogger<CallerDirectory>.Instance);
    }
}
