using CommunityToolkit.HighPerformance.Buffers;

namespace LlamaGate.Api.Json;

/// <summary>
/// Reads a body whole, into rented memory: the serializer would read a stream piece by piece, and begin a long text anew with each.
/// MAX_BODY_MB bounds it; the memory grows with what has come and not with what was announced.
/// </summary>
internal static class RequestBody
{
    private const int FewestBytes = 4 * 1024;
    private const int MostBytesAtFirst = 64 * 1024;

    /// <returns>The body; whoever reads it disposes it.</returns>
    public static async ValueTask<ArrayPoolBufferWriter<byte>> ReadAsync(HttpRequest request)
    {
        var announced = Math.Clamp(request.ContentLength ?? 0, FewestBytes, MostBytesAtFirst);
        // One more, so that the end is seen without growing.
        var buffer = new ArrayPoolBufferWriter<byte>((int)announced + 1);
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(buffer.GetMemory(1), request.HttpContext.RequestAborted);
                if (read == 0)
                {
                    return buffer;
                }

                buffer.Advance(read);
            }
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
