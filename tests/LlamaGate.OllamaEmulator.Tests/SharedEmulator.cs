namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>One emulator for the tests of a class that change nothing in it.</summary>
public sealed class SharedEmulator : IAsyncLifetime
{
    private EmulatedOllama? _emulator;

    public EmulatedOllama Emulator =>
        _emulator ?? throw new InvalidOperationException("The emulator has not been started.");

    public async Task InitializeAsync() => _emulator = await EmulatedOllama.StartAsync();

    public async Task DisposeAsync() => await Emulator.DisposeAsync();
}
