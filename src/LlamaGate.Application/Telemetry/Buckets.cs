using System.Diagnostics.Metrics;

namespace LlamaGate.Application.Telemetry;

/// <summary>
/// The bounds of the histograms. Each has its own: OpenTelemetry's default ones are made for milliseconds. The conventions' bounds are
/// continued where a model on an own machine takes longer.
/// </summary>
internal static class Buckets
{
    /// <summary>Whole answers, in seconds.</summary>
    public static InstrumentAdvice<double> Durations { get; } = new()
    {
        HistogramBucketBoundaries =
            [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36],
    };

    /// <summary>First tokens, in seconds: from an answer that is ready to a model that must be loaded after a wait.</summary>
    public static InstrumentAdvice<double> FirstTokens { get; } = new()
    {
        HistogramBucketBoundaries =
            [0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 320],
    };

    /// <summary>Seconds for each further token.</summary>
    public static InstrumentAdvice<double> PerToken { get; } = new()
    {
        HistogramBucketBoundaries = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5],
    };

    /// <summary>Waits, in seconds, up to more than the default of QUEUE_TIMEOUT.</summary>
    public static InstrumentAdvice<double> Waits { get; } = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300, 600],
    };

    /// <summary>Tokens: powers of 4, as the conventions say.</summary>
    public static InstrumentAdvice<long> Tokens { get; } = new()
    {
        HistogramBucketBoundaries =
            [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
    };
}
