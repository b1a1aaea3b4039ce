using System.Buffers;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Memory;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Native;

/// <summary>An answer in which names are changed.</summary>
internal sealed class RewrittenAnswer(INativeAnswer answer, AnswerRewriting rewriting) : INativeAnswer
{
    private const int FirstBytes = 1024;

    private readonly ArrayPoolBufferWriter<byte> _line = new(ModestPool.Instance, FirstBytes);

    public int Status => answer.Status;

    public string ContentType => answer.ContentType;

    public bool IsStream => answer.IsStream;

    public ReadOnlySequence<byte> Line => new(_line.WrittenMemory);

    public GatewayException? Failure => answer.Failure;

    public TokenUsage? Usage => answer.Usage;

    public GenerationTimings? Timings => answer.Timings;

    public TimeSpan? TimeToFirstToken => answer.TimeToFirstToken;

    public TimeSpan? UpstreamTime => answer.UpstreamTime;

    public async ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (!await answer.ReadLineAsync(cancellationToken))
        {
            return false;
        }

        _line.Clear();
        rewriting.Write(answer.Line, _line);
        return true;
    }

    public async ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var body = await answer.ReadToEndAsync(cancellationToken);
        var rewritten = new ArrayPoolBufferWriter<byte>(ModestPool.Instance, body.Memory.Length + FirstBytes);
        rewriting.Write(new(body.Memory), rewritten);
        return rewritten;
    }

    public void Dispose()
    {
        answer.Dispose();
        _line.Dispose();
    }
}
