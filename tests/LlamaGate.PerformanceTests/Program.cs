using LlamaGate.PerformanceTests;

return await MeasuringCommand.RunAsync(args, Console.Out);
