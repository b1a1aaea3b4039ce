namespace LlamaGate.Api.Tests.Hosting;

/// <summary>One gateway over one Ollama for the tests of a class, which run one after the other.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    internal GatewayOverOllama Bed { get; private set; } = null!; // Set before any test of the class runs.

    public async Task InitializeAsync() => Bed = await GatewayOverOllama.StartAsync();

    public async Task DisposeAsync() => await Bed.DisposeAsync();
}
