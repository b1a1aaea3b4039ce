namespace LlamaGate.Api.Authentication;

/// <summary>The combined result of checking all keys of a request; the better one has the larger value.</summary>
internal enum PresentedKey
{
    Missing,
    Invalid,

    /// <summary>Right, but its time is over.</summary>
    Expired,

    /// <summary>Right, but switched off.</summary>
    Disabled,

    Valid,
}
