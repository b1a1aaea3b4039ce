namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>What a check builds on. Without it there is nothing to look at, and the first trouble is reported only once.</summary>
[Flags]
internal enum Needs
{
    None = 0,

    /// <summary>Settings that are valid.</summary>
    Configuration = 1,

    /// <summary>An Ollama that answers.</summary>
    Ollama = 2,

    /// <summary>A local model that can chat.</summary>
    Model = 4,

    /// <summary>Leave to have it generate.</summary>
    Generation = 8,

    /// <summary>A model that has answered already, so that it is loaded.</summary>
    WarmModel = 16,

    /// <summary>A running gateway.</summary>
    Gateway = 32,
}
