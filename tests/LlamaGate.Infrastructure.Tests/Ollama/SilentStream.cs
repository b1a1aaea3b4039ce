namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>A body that says something and then nothing more, and does not end.</summary>
internal sealed class SilentStream(byte[] start) : MemoryStream(start)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == Length)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return await base.ReadAsync(buffer, cancellationToken);
    }
}
