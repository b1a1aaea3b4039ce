using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Accounts;

/// <summary>What the calls of a model usually use, learned from their records. Thread-safe.</summary>
public sealed class UsageFigures
{
    private const double FirstCompletionTokens = 256;
    private const double FirstPromptSeconds = 1.0 / 500;
    private const double FirstEvalSeconds = 1.0 / 30;

    private readonly Lock _gate = new();
    private Ewma _completionTokens;
    private Ewma _promptSeconds;
    private Ewma _evalSeconds;

    /// <summary>What a call will probably use.</summary>
    /// <param name="promptTokens">Estimated.</param>
    /// <param name="maxTokens">The most that may be generated; null = not limited.</param>
    public (double Tokens, double GpuSeconds) Estimate(double promptTokens, int? maxTokens)
    {
        lock (_gate)
        {
            var completion = Math.Min(_completionTokens.Value ?? FirstCompletionTokens, maxTokens ?? double.MaxValue);
            return (
                promptTokens + completion,
                (promptTokens * (_promptSeconds.Value ?? FirstPromptSeconds)) + (completion * (_evalSeconds.Value ?? FirstEvalSeconds)));
        }
    }

    /// <summary>Takes account of a call that ended; of one without a last line nothing is learned.</summary>
    public void Learn(UsageRecord record)
    {
        if (record is not { Kind: UsageKind.Call, Outcome: UsageOutcome.Completed })
        {
            return;
        }

        lock (_gate)
        {
            if (record.TokensIn > 0)
            {
                _promptSeconds.Add(record.Prompt.TotalSeconds / record.TokensIn);
            }

            if (record.TokensOut > 0)
            {
                _evalSeconds.Add(record.Eval.TotalSeconds / record.TokensOut);
                _completionTokens.Add(record.TokensOut);
            }
        }
    }
}
