namespace LlamaGate.Application.Native.Contracts;

/// <summary>A part of a model, by its digest.</summary>
/// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits.</param>
/// <param name="Content">Its bytes; empty where it is only looked for.</param>
public sealed record NativeBlob(string Digest, ReadOnlyMemory<byte> Content);
