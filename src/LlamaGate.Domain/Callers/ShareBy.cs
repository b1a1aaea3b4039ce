namespace LlamaGate.Domain.Callers;

/// <summary>Whose calls of a key are treated as those of one principal.</summary>
public enum ShareBy
{
    /// <summary>All calls with the key.</summary>
    Key,

    /// <summary>Those from one address, for IPv6 from one /64.</summary>
    Address,

    /// <summary>Those of one user, whom a trusted front end names in a header.</summary>
    User,
}
