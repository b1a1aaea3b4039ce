using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Memory;

namespace LlamaGate.Api.Json;

/// <summary>
/// Reads a body as a whole into rented memory: the serializer would read a stream piece by piece, and restart a long text with each.
/// MAX_BODY_MB limits it. The announced length is trusted only in proportion to the bytes received, so that few bytes cannot claim much memory.
/// </summary>
internal static class RequestBody
{
    private const int MinBytes = 4 * 1024;
    private const int MaxBytesAtFirst = 64 * 1024;

    /// <summary>The rest may take up to this many times the received size in one step, instead of repeated doubling.</summary>
    private const int Growth = 31;

    /// <returns>The decompressed body; the reader disposes it.</returns>
    public static ValueTask<ArrayPoolBufferWriter<byte>> ReadAsync(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
            ? ReadAsync(request, request.Body, long.MaxValue)
            : PackedBody.ReadAsync(request);

    /// <param name="request">Whose body it is.</param>
    /// <param name="body">The stream to read: the request's body, or its decompressor.</param>
    /// <param name="limit">In bytes; larger bodies are refused with 413. The server itself limits the compressed bytes.</param>
    public static async ValueTask<ArrayPoolBufferWriter<byte>> ReadAsync(HttpRequest request, Stream body, long limit)
    {
        var announced = Math.Clamp(request.ContentLength ?? 0, MinBytes, MaxBytesAtFirst);
        // One more byte, so that the end is detected without growing.
        var buffer = new ArrayPoolBufferWriter<byte>(ModestPool.Instance, (int)announced + 1);
        try
        {
            while (true)
            {
                var memory = buffer.GetMemory(buffer.FreeCapacity > 0 ? 1 : RestOf(request, buffer.WrittenCount));
                var read = await body.ReadAsync(memory, request.HttpContext.RequestAborted);
                if (read == 0)
                {
                    return buffer;
                }

                buffer.Advance(read);
                if (buffer.WrittenCount > limit)
                {
                    throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
                }
            }
        }
        catch (IOException exception) when (exception.InnerException is OverflowException)
        {
            buffer.Dispose();
            // A chunk size that overflows an integer; for every other bad size the server itself reports a bad request.
            throw new BadHttpRequestException("Bad chunk size.", StatusCodes.Status400BadRequest, exception);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>The size to rent when the current memory is full.</summary>
    private static int RestOf(HttpRequest request, int read)
    {
        var announced = Math.Max(0, (request.ContentLength ?? 0) - read);
        return (int)Math.Min(announced, (long)read * Growth) + 1;
    }
}
