namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>The prerequisites of a check. Without them it is skipped, so that a problem is reported only once.</summary>
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

    /// <summary>Permission to generate.</summary>
    Generation = 8,

    /// <summary>A model that has answered already, so that it is loaded.</summary>
    WarmModel = 16,

    /// <summary>A running gateway.</summary>
    Gateway = 32,

    /// <summary>A key that the gateway accepts, if it requires one.</summary>
    Key = 64,
}
