namespace LlamaGate.Domain.Scheduling;

/// <summary>What was learned about a model from the calls that have ended: sizes of prompts and answers, and speeds.</summary>
internal sealed class ModelFigures
{
    private const double FirstTokensPerByte = 0.27;
    private const double TokensPerImage = 800;
    private const double FirstCompletionTokens = 256;
    private const double FirstPromptRate = 500;
    private const double FirstEvalRate = 30;

    /// <summary>No model is faster; protects against division by nothing.</summary>
    private const double MinSecondsPerToken = 1e-6;

    /// <summary>The prompt is computed in batches of this many tokens; only between two of them can a call be cancelled.</summary>
    private const double BatchTokens = 512;

    /// <summary>A shorter prompt is mostly template.</summary>
    private const int MinTextBytes = 256;

    private Ewma _tokensPerByte;
    private Ewma _completionTokens;

    // Times and not rates are averaged: a cached prompt takes next to no time, and one such rate would outweigh all others.
    private Ewma _promptSecondsPerToken;
    private Ewma _evalSecondsPerToken;

    /// <summary>In tokens per second.</summary>
    public double EvalRate => Rate(_evalSecondsPerToken, FirstEvalRate);

    /// <summary>The seconds for which a call that left before its first token may still hold its slot.</summary>
    public double BatchSeconds => BatchTokens / PromptRate;

    private double PromptRate => Rate(_promptSecondsPerToken, FirstPromptRate);

    /// <param name="usual">The tokens that the principal's answers of this model usually have; null = not known.</param>
    public Estimate Estimate(CallSpec spec, double? usual)
    {
        var prompt = (spec.TextBytes * (_tokensPerByte.Value ?? FirstTokensPerByte)) + (spec.Images * TokensPerImage);
        var completion = spec.IsEmbedding ? 0 : usual ?? _completionTokens.Value ?? FirstCompletionTokens;
        return new Estimate(prompt / PromptRate, Math.Min(completion, spec.MaxTokens ?? double.MaxValue), EvalRate);
    }

    public void Learn(CallSpec spec, CallEnd end)
    {
        if (spec is { TextBytes: >= MinTextBytes, Images: 0 } && end.PromptTokens > 0)
        {
            _tokensPerByte.Add((double)end.PromptTokens / spec.TextBytes);
        }

        if (end.PromptTokens > 0)
        {
            _promptSecondsPerToken.Add(end.PromptSeconds / end.PromptTokens);
        }

        if (end.CompletionTokens > 0)
        {
            _evalSecondsPerToken.Add(end.EvalSeconds / end.CompletionTokens);
            _completionTokens.Add(end.CompletionTokens);
        }
    }

    /// <summary>What was learned, without the hosts.</summary>
    public LearnedFigures Read(string model) => new(model)
    {
        TokensPerByte = _tokensPerByte.Value,
        CompletionTokens = _completionTokens.Value,
        PromptSecondsPerToken = _promptSecondsPerToken.Value,
        EvalSecondsPerToken = _evalSecondsPerToken.Value,
    };

    /// <summary>Takes over what another scheduler has learned. What was learned here counts more.</summary>
    public void Restore(LearnedFigures learned)
    {
        _tokensPerByte.Restore(learned.TokensPerByte);
        _completionTokens.Restore(learned.CompletionTokens);
        _promptSecondsPerToken.Restore(learned.PromptSecondsPerToken);
        _evalSecondsPerToken.Restore(learned.EvalSecondsPerToken);
    }

    private static double Rate(Ewma secondsPerToken, double first) =>
        secondsPerToken.Value is { } seconds ? 1 / Math.Max(seconds, MinSecondsPerToken) : first;
}
