namespace LlamaGate.Infrastructure.Ollama.Hosts;

internal static class HostStateWords
{
    /// <summary>As written in answers and errors.</summary>
    public static string ToWord(this HostState state) => state switch
    {
        HostState.Up => "up",
        HostState.Down => "down",
        HostState.Draining => "draining",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
