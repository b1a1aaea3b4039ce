namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>
/// One request on Kestrel, with the two things HTTP has no words for: to reset the connection and to stay silent.
/// </summary>
internal sealed class Exchange(HttpContext context, CancellationToken stopping) : IDisposable
{
    private readonly CancellationTokenSource _ended =
        CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);

    /// <summary>Cancelled when the client leaves or the emulator stops.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Called before the first bytes of the body are written.</summary>
    public Action? FirstWrite { get; set; }

    /// <summary>Called when the socket has taken the first bytes of the body.</summary>
    public Action? FirstByte { get; set; }

    public bool WasResetHere { get; private set; }

    public void Start(
        int status, string? contentType, IEnumerable<KeyValuePair<string, string>> headers, long? contentLength)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        foreach (var header in headers)
        {
            context.Response.Headers.Append(header.Key, header.Value);
        }

        context.Response.ContentLength = status == StatusCodes.Status204NoContent ? null : contentLength;
    }

    /// <summary>One write, one chunk, handed to the socket before this returns.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > 0 && !HttpMethods.IsHead(context.Request.Method))
        {
            FirstWrite?.Invoke();
            FirstWrite = null;
            await context.Response.Body.WriteAsync(bytes, Ended);
            FirstByte?.Invoke();
            FirstByte = null;
        }
    }

    public void Reset()
    {
        WasResetHere = true;
        context.Abort();
    }

    public async Task StaySilentAsync() => await Task.Delay(Timeout.InfiniteTimeSpan, Ended);

    public void Dispose() => _ended.Dispose();
}
