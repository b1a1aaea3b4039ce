namespace LlamaGate.Api.Authentication;

/// <summary>The combined result of checking all keys of a request.</summary>
internal enum PresentedKey
{
    Missing,
    Invalid,
    Valid,
}
