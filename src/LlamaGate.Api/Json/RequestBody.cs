using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Memory;

namespace LlamaGate.Api.Json;

/// <summary>
/// Reads a body whole, into rented memory: the serializer would read a stream piece by piece, and begin a long text anew with each.
/// MAX_BODY_MB bounds it. What was announced is believed as far as it has begun to come: nobody holds much memory for few bytes.
/// </summary>
internal static class RequestBody
{
    private const int MinBytes = 4 * 1024;
    private const int MaxBytesAtFirst = 64 * 1024;

    /// <summary>So many times what has come may the rest take, in one step and not doubled again and again.</summary>
    private const int Growth = 31;

    /// <returns>The decompressed body; the reader disposes it.</returns>
    public static ValueTask<ArrayPoolBufferWriter<byte>> ReadAsync(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
            ? ReadAsync(request, request.Body, long.MaxValue)
            : PackedBody.ReadAsync(request);

    /// <param name="request">Whose body it is.</param>
    /// <param name="body">What to read: the request's body, or what unpacks it.</param>
    /// <param name="limit">In bytes; more than that are refused with 413. The server itself bounds what it gives.</param>
    public static async ValueTask<ArrayPoolBufferWriter<byte>> ReadAsync(HttpRequest request, Stream body, long limit)
    {
        var announced = Math.Clamp(request.ContentLength ?? 0, MinBytes, MaxBytesAtFirst);
        // One more, so that the end is seen without growing.
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
            // A chunk whose size no integer holds: the server calls every other bad size a bad request itself.
            throw new BadHttpRequestException("Bad chunk size.", StatusCodes.Status400BadRequest, exception);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Memory to take when what there is is full.</summary>
    private static int RestOf(HttpRequest request, int read)
    {
        var announced = Math.Max(0, (request.ContentLength ?? 0) - read);
        return (int)Math.Min(announced, (long)read * Growth) + 1;
    }
}
