using System.Collections.Concurrent;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Accounts;

/// <summary>What calls will probably use. Thread-safe.</summary>
internal sealed class UsageEstimates(ITokenRatios ratios)
{
    private const double TokensPerImage = 800;

    /// <summary>Nobody has that many; what is forgotten is soon learned again.</summary>
    private const int MaxModels = 1000;

    private readonly ConcurrentDictionary<string, UsageFigures> _figures = new(StringComparer.Ordinal);

    public (double Tokens, double GpuSeconds) Of(UpstreamCall call)
    {
        var (model, demand) = (call.Model ?? "", call.Demand ?? CallDemand.Unknown);
        var promptTokens = PromptTokens(model, demand);
        var maxTokens = call.Endpoint.Operation() is UsageOperation.Embeddings ? 0 : demand.MaxTokens;
        return (_figures.GetValueOrDefault(ModelSpellings.Key(model)) ?? new UsageFigures()).Estimate(promptTokens, maxTokens);
    }

    public double PromptTokens(string model, CallDemand demand) =>
        (demand.TextBytes / ratios.BytesPerToken(model)) + (demand.Images * TokensPerImage);

    public void Learn(UsageRecord record)
    {
        if (!_figures.TryGetValue(record.Model, out var figures))
        {
            if (_figures.Count >= MaxModels)
            {
                _figures.Clear();
            }

            figures = _figures.GetOrAdd(record.Model, static _ => new UsageFigures());
        }

        figures.Learn(record);
    }
}
