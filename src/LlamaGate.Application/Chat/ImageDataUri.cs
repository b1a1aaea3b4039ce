using System.Buffers.Text;

namespace LlamaGate.Application.Chat;

/// <summary>An image in a <c>data:</c> URI. Its first bytes are believed, not the media type it declares.</summary>
internal static class ImageDataUri
{
    private const int SignatureChars = 16; // base64 of the 12 bytes that the longest signature, WebP's, takes.

    /// <summary>Why the URI cannot be passed on, or null when it can.</summary>
    public static string? Fault(string? url)
    {
        if (url is null || !url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return "Images must be data: URIs (data:image/png;base64,…); the gateway fetches no addresses.";
        }

        var data = ToBase64(url).Span;
        if (data.IsEmpty || !Base64.IsValid(data))
        {
            return "The image's data is not valid base64.";
        }

        return IsKnownImage(data) ? null : "The image must be PNG, JPEG or WebP, by its first bytes.";
    }

    /// <summary>The base64 in a URI that has no fault: a part of it and no copy, since images are large.</summary>
    public static ReadOnlyMemory<char> ToBase64(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        return comma >= 0 && url.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            ? url.AsMemory(comma + 1)
            : default;
    }

    private static bool IsKnownImage(ReadOnlySpan<char> data)
    {
        Span<byte> start = stackalloc byte[SignatureChars / 4 * 3];
        if (data.Length < SignatureChars || !Convert.TryFromBase64Chars(data[..SignatureChars], start, out _))
        {
            return false;
        }

        ReadOnlySpan<byte> png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        ReadOnlySpan<byte> jpeg = [0xFF, 0xD8, 0xFF];
        return start.StartsWith(png) || start.StartsWith(jpeg) || (start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8));
    }
}
