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

    /// <summary>A shorter prompt takes no less time: the model is read from memory once for all of its tokens.</summary>
    private const double MinPromptTokens = 64;

    /// <summary>The prompt is computed in batches of this many tokens; only between two of them can a call be cancelled.</summary>
    private const double BatchTokens = 512;

    /// <summary>A shorter prompt is mostly template.</summary>
    private const int MinTextBytes = 256;

    private Ewma _tokensPerByte;
    private Ewma _completionTokens;

    // Times and not rates are averaged: a cached prompt takes next to no time, and one such rate would outweigh all others. Of prompts both
    // are, so that a long one counts for more than a short one, most of whose time is not spent on its tokens.
    private Ewma _promptSeconds;
    private Ewma _promptTokens;
    private Ewma _evalSecondsPerToken;

    /// <summary>In tokens per second.</summary>
    public double EvalRate => Rate(_evalSecondsPerToken.Value, FirstEvalRate);

    /// <summary>The seconds for which a call that left before its first token may still hold its slot.</summary>
    public double BatchSeconds => BatchTokens / PromptRate;

    private double PromptRate => Rate(PromptSecondsPerToken, FirstPromptRate);

    private double? PromptSecondsPerToken => _promptSeconds.Value / _promptTokens.Value;

    /// <param name="usual">The tokens that the principal's answers of this model usually have; null = not known.</param>
    public Estimate Estimate(CallSpec spec, double? usual)
    {
        var prompt = (spec.TextBytes * (_tokensPerByte.Value ?? FirstTokensPerByte)) + (spec.Images * TokensPerImage);
        var completion = spec.IsEmbedding ? 0 : usual ?? _completionTokens.Value ?? FirstCompletionTokens;
        return new Estimate((prompt > 0 ? Math.Max(prompt, MinPromptTokens) : 0) / PromptRate, Math.Min(completion, spec.MaxTokens ?? double.MaxValue), EvalRate);
    }

    public void Learn(CallSpec spec, CallEnd end)
    {
        if (spec is { TextBytes: >= MinTextBytes, Images: 0 } && end.PromptTokens > 0)
        {
            _tokensPerByte.Add((double)end.PromptTokens / spec.TextBytes);
        }

        if (end.PromptTokens > 0)
        {
            _promptSeconds.Add(end.PromptSeconds);
            _promptTokens.Add(Math.Max(end.PromptTokens, MinPromptTokens));
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
        PromptSecondsPerToken = PromptSecondsPerToken,
        EvalSecondsPerToken = _evalSecondsPerToken.Value,
    };

    /// <summary>Takes over what another scheduler has learned. What was learned here counts more.</summary>
    public void Restore(LearnedFigures learned)
    {
        _tokensPerByte.Restore(learned.TokensPerByte);
        _completionTokens.Restore(learned.CompletionTokens);
        if (learned.PromptSecondsPerToken is { } seconds && _promptSeconds.Value is null)
        {
            _promptSeconds.Restore(seconds * BatchTokens);
            _promptTokens.Restore(BatchTokens);
        }

        _evalSecondsPerToken.Restore(learned.EvalSecondsPerToken);
    }

    private static double Rate(double? secondsPerToken, double first) =>
        secondsPerToken is { } seconds ? 1 / Math.Max(seconds, MinSecondsPerToken) : first;
}
