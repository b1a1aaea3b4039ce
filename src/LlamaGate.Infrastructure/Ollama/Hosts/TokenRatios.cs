using System.Collections.Concurrent;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// Learns how many bytes of a prompt make one token, for each model. Long prompts count for more than short ones, of which the template is
/// a large part; older prompts count for less.
/// </summary>
internal sealed class TokenRatios : ITokenRatios
{
    private const int MaxModels = 1000;

    private const double AtFirst = 4;

    /// <summary>A shorter prompt is mostly template.</summary>
    private const long MinBytes = 256;

    /// <summary>Tokens after which the sums are halved.</summary>
    private const double LongMemory = 1_000_000;

    /// <summary>Plausible bytes per token. Anything else was truncated or counted differently.</summary>
    private const double Least = 1, Most = 8;

    private readonly ConcurrentDictionary<string, Sums> _sums = new(StringComparer.OrdinalIgnoreCase);

    public double BytesPerToken(string model) => _sums.TryGetValue(model, out var sums) ? sums.Ratio : AtFirst;

    public void Learn(string model, ChatPrompt prompt, int promptTokens)
    {
        var bytes = PromptSize.Of(prompt);
        if (bytes < MinBytes || bytes < promptTokens * Least || bytes > promptTokens * Most || PromptSize.HasImages(prompt))
        {
            return;
        }

        // Nobody has that many models; forgotten ratios are soon learned again.
        if (_sums.Count >= MaxModels && !_sums.ContainsKey(model))
        {
            _sums.Clear();
        }

        _sums.GetOrAdd(model, _ => new Sums()).Add(bytes, promptTokens);
    }

    private sealed class Sums
    {
        private readonly Lock _gate = new();
        private double _bytes;
        private double _tokens;

        public double Ratio
        {
            get
            {
                lock (_gate)
                {
                    return _tokens > 0 ? _bytes / _tokens : AtFirst;
                }
            }
        }

        public void Add(long bytes, int tokens)
        {
            lock (_gate)
            {
                _bytes += bytes;
                _tokens += tokens;
                if (_tokens > LongMemory)
                {
                    _bytes /= 2;
                    _tokens /= 2;
                }
            }
        }
    }
}
