namespace LlamaGate.Api.Configuration.Files;

/// <summary>A configuration file that is read again when it changes, and at SIGHUP.</summary>
internal interface IWatchedFile
{
    /// <summary>Reads it now, whether or not it seems to have changed.</summary>
    void Look();
}
