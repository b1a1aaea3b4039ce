using System.Buffers;
using System.Buffers.Text;
using System.Text;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>An image in a <c>data:</c> URI. Its first bytes determine the type, not the declared media type.</summary>
internal static class ImageDataUri
{
    private const int SignatureChars = 16; // base64 of 12 bytes, the length of the longest signature (WebP).

    /// <summary>Why the URI cannot be passed on, or null when it can.</summary>
    public static string? Fault(Utf8Text? url)
    {
        if (url is not { } uri || uri.Bytes.Length < 5 || !Ascii.EqualsIgnoreCase(uri.Bytes.Span[..5], "data:"u8))
        {
            return "Images must be data: URIs (data:image/png;base64,…); the gateway fetches no URLs.";
        }

        return DataFault(ToBase64(uri));
    }

    /// <summary>Why bare base64 cannot be passed on as an image, or null when it can.</summary>
    public static string? DataFault(Utf8Text base64)
    {
        var data = base64.Bytes.Span;
        if (data.IsEmpty || !Base64.IsValid(data))
        {
            return "The image's data is not valid base64.";
        }

        return IsKnownImage(data) ? null : "The image must be PNG, JPEG or WebP, according to its first bytes.";
    }

    /// <summary>The base64 part of a valid URI: a slice, not a copy, since images are large.</summary>
    public static Utf8Text ToBase64(Utf8Text url)
    {
        var comma = url.Bytes.Span.IndexOf((byte)',');
        return comma >= 0 && IsBase64(url.Bytes.Span[..comma]) ? new Utf8Text(url.Bytes[(comma + 1)..]) : default;
    }

    private static bool IsBase64(ReadOnlySpan<byte> head)
    {
        var mark = ";base64"u8;
        return head.Length >= mark.Length && Ascii.EqualsIgnoreCase(head[^mark.Length..], mark);
    }

    private static bool IsKnownImage(ReadOnlySpan<byte> data)
    {
        Span<byte> start = stackalloc byte[SignatureChars / 4 * 3];
        if (data.Length < SignatureChars || Base64.DecodeFromUtf8(data[..SignatureChars], start, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        ReadOnlySpan<byte> png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        ReadOnlySpan<byte> jpeg = [0xFF, 0xD8, 0xFF];
        return start.StartsWith(png) || start.StartsWith(jpeg) || (start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8));
    }
}
