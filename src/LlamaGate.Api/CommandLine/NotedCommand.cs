using System.CommandLine;

namespace LlamaGate.Api.CommandLine;

/// <summary>A subcommand with what its help says below the options: exit codes and what a person must know.</summary>
internal sealed class NotedCommand(string name, string description, string notes) : Command(name, description)
{
    public string Notes { get; } = notes;
}
