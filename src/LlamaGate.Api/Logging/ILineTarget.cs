using System.Text;

namespace LlamaGate.Api.Logging;

/// <summary>Where the log's lines go. Called by one thread.</summary>
internal interface ILineTarget
{
    /// <param name="lines">Whole lines, each with its line break. They are on their way when this returns.</param>
    void Write(StringBuilder lines);
}
