using LlamaGate.Application.Native.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Native;

/// <summary>The digest becomes a part of a path, so nothing else than a digest may be in it.</summary>
internal sealed class NativeBlobValidator : FirstFailureValidator<NativeBlob>
{
    private const string Prefix = "sha256";
    private const int Digits = 64;

    protected override RuleFailure? FirstFailure(NativeBlob request) => IsDigest(request.Digest)
        ? null
        : new RuleFailure("digest", "digest must be sha256: and 64 hexadecimal digits in lower case.");

    private static bool IsDigest(string text) =>
        text.Length == Prefix.Length + 1 + Digits
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text[Prefix.Length] is ':' or '-'
        && text.Skip(Prefix.Length + 1).All(char.IsAsciiHexDigitLower);
}
