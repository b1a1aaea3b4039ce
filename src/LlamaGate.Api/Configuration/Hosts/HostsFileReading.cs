using LlamaGate.Api.Configuration.Files;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>What HOSTS_FILE and the files that it names contained.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">Null when there are faults.</param>
/// <param name="Faults">All of them.</param>
internal sealed record HostsFileReading(
    string Path, HostsFileContent? Content, IReadOnlyList<FileFault> Faults, string Stamp, IReadOnlyList<string> Paths) : IFileReading
{
    public bool IsUsable => Content is not null;

    /// <summary>As at startup: with the variable and the file.</summary>
    public IEnumerable<string> Errors => Faults.Select(fault => fault.Of(HostsFile.Variable, Path));
}
