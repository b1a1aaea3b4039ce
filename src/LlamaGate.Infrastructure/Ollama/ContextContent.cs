using System.Globalization;
using System.Net;
using System.Text;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// A body that names the context of the runner which gets it, as <c>num_ctx</c>. It is inserted while the body is sent: which runner it will be
/// is known long after the body was written, and a body with an image is not copied for it.
/// </summary>
internal sealed class ContextContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly byte[] _inserted;
    private readonly int _at;

    /// <param name="body">A JSON object.</param>
    /// <param name="optionsAt">Where a member of its <c>options</c> may be inserted; null: it has none.</param>
    /// <param name="context">In tokens.</param>
    public ContextContent(ReadOnlyMemory<byte> body, int? optionsAt, int context)
    {
        _body = body;
        _at = optionsAt ?? 1;
        var member = string.Create(CultureInfo.InvariantCulture, $"\"num_ctx\":{context}");
        var isLast = body.Span[_at..].TrimStart(" \t\r\n"u8)[0] == (byte)'}';
        _inserted = Encoding.ASCII.GetBytes((optionsAt is null ? $"\"options\":{{{member}}}" : member) + (isLast ? "" : ","));
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_body[.._at], cancellationToken);
        await stream.WriteAsync(_inserted, cancellationToken);
        await stream.WriteAsync(_body[_at..], cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length + _inserted.Length;
        return true;
    }
}
