using LlamaGate.Bench.Processes;

namespace LlamaGate.Bench.Servers;

/// <summary>YARP's environment, as it comes and with the gateway's socket switch.</summary>
internal static class YarpVariables
{
    /// <param name="isInline">YARP's sockets are served as the gateway serves its own.</param>
    public static Dictionary<string, string> For(bool isInline)
    {
        // The gateway's own setting, so that both are compiled for good after the same time.
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_TC_CallCountingDelayMs"] = "1" };
        if (isInline)
        {
            variables[ChildProcess.InlineCompletions] = "1";
        }

        return variables;
    }
}
