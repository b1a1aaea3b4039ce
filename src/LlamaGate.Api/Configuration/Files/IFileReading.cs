namespace LlamaGate.Api.Configuration.Files;

/// <summary>What a configuration file contained when it was read, together with the files that it names.</summary>
internal interface IFileReading
{
    /// <summary>Differs whenever the content, or the reason why it cannot be used, differs.</summary>
    string Stamp { get; }

    /// <summary>Whether the content is valid as a whole.</summary>
    bool IsUsable { get; }

    /// <summary>Every file that was read, for a cheap look at whether one changed.</summary>
    IReadOnlyList<string> Paths { get; }
}
