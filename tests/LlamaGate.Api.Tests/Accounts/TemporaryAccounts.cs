using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure;
using LlamaGate.Infrastructure.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>A directory of its own for DATA_DIR, and accounts in it as a gateway writes them.</summary>
internal sealed class TemporaryAccounts : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("llamagate-data-").FullName;

    public string File => Path.Combine(Directory, "usage.db");

    public static UsageRecord Call(string key, DateTimeOffset at) => new(Guid.CreateVersion7(), at, key, "llama3.2:latest")
    {
        Host = "gpu1",
        TokensIn = 26,
        TokensOut = 12,
        Prompt = TimeSpan.FromSeconds(0.25),
        Eval = TimeSpan.FromSeconds(1),
        Device = TimeSpan.FromSeconds(0.5),
        Waited = TimeSpan.FromSeconds(2),
    };

    /// <summary>Writes records; they are in the file when this returns, and nobody has it open.</summary>
    public void Write(params UsageRecord[] records)
    {
        using var services = Services();
        var store = services.GetRequiredService<IUsageStore>();
        Array.ForEach(records, store.Add);
    }

    /// <summary>A store like a gateway's. Its end closes the file.</summary>
    public ServiceProvider Services() => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddAccounts(new UsageStoreOptions { Directory = Directory })
        .BuildServiceProvider();

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
