namespace LlamaGate.Api.Configuration;

/// <summary>Who may be able to read KEYS_FILE (KEYS_FILE_MODE).</summary>
internal enum KeysFileMode
{
    /// <summary>Only its owner; another mode is an error. Not checked on Windows.</summary>
    Strict,

    /// <summary>Others too: the mode is not checked.</summary>
    Open,
}
