namespace LlamaGate.Api.Authentication;

/// <summary>What the keys of a request are worth, taken together.</summary>
internal enum PresentedKey
{
    Missing,
    Invalid,
    Valid,
}
