using System.CommandLine;

namespace LlamaGate.Api.CommandLine;

/// <summary>A subcommand with notes that its help prints below the options, such as exit codes.</summary>
internal sealed class NotedCommand(string name, string description, string notes) : Command(name, description)
{
    public string Notes { get; } = notes;
}
