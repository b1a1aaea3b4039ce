using System.Text;

namespace LlamaGate.Api.Logging;

/// <summary>A target for log lines. Called by one thread.</summary>
internal interface ILineTarget
{
    /// <param name="lines">Whole lines, each with its line break. They have been written when this returns.</param>
    void Write(StringBuilder lines);
}
