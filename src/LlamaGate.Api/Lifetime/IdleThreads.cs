namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Lets idle threads of the pool sleep at once instead of spinning in case there is more to do. A member of a cluster wakes threads for many
/// short messages, and each spins for nothing afterwards (ADR 31). A gateway on its own gains nothing by it (ADR 14).
/// </summary>
internal static class IdleThreads
{
    /// <summary>.NET's own setting, which the pool reads when it starts its first thread.</summary>
    public const string Setting = "System.Threading.ThreadPool.UnfairSemaphoreSpinLimit";

    /// <summary>The same for operators.</summary>
    public const string Variable = "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit";

    /// <summary>Call it before anything runs on the pool; a variable that is set is left in force.</summary>
    public static void SleepAtOnce()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            AppContext.SetData(Setting, 0);
        }
    }
}
