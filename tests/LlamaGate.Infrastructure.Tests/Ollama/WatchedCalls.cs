using System.Buffers;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>
/// A wrapper of the port as the product has them: it sees the start, the end and the disposal of each call.
/// </summary>
internal sealed class WatchedCalls(IUpstreamCalls calls) : IUpstreamCalls
{
    public List<string> Seen { get; } = [];

    public async Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        Seen.Add($"start {call.Endpoint} {call.Model} {call.Context.RequestId}");
        return new WatchedAnswer(await calls.StartAsync(call, cancellationToken), Seen);
    }

    private sealed class WatchedAnswer(IUpstreamAnswer answer, List<string> seen) : IUpstreamAnswer
    {
        public int Status => answer.Status;

        public string? ContentType => answer.ContentType;

        public DateTimeOffset? Date => answer.Date;

        public GatewayError? Failure
        {
            get => answer.Failure;
            set => answer.Failure = value;
        }

        public ReadOnlySequence<byte> Line => answer.Line;

        public ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken) => answer.ReadLineAsync(cancellationToken);

        public ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken) =>
            answer.ReadToEndAsync(cancellationToken);

        public ValueTask CompleteAsync(UpstreamEnd end)
        {
            seen.Add($"end {end.Usage?.PromptTokens}+{end.Usage?.CompletionTokens}");
            return answer.CompleteAsync(end);
        }

        public void Dispose()
        {
            seen.Add("dispose");
            answer.Dispose();
        }
    }
}
