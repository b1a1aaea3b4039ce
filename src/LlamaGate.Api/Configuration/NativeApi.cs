namespace LlamaGate.Api.Configuration;

/// <summary>What of Ollama's own API is served (NATIVE_API).</summary>
internal enum NativeApi
{
    /// <summary>All that leaves the models as they are.</summary>
    On,

    /// <summary>What changes them, too.</summary>
    Full,

    /// <summary>Nothing.</summary>
    Off,
}
