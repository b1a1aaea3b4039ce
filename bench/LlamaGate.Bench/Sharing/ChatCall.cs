namespace LlamaGate.Bench.Sharing;

/// <summary>A streamed chat.</summary>
/// <param name="Caller">Whose key is sent; the prompt names him for the emulator's counts.</param>
/// <param name="Model">As the upstream calls it.</param>
/// <param name="Tokens">Length of the answer.</param>
internal sealed record ChatCall(string Caller, string Model, int Tokens)
{
    /// <summary>The system prompt; null sends none.</summary>
    public string? System { get; init; }

    /// <summary>The client leaves after so long without a byte; null waits for ever.</summary>
    public TimeSpan? Patience { get; init; }
}
