using LlamaGate.Api.CommandLine;

return await ServiceConsole.RunAsync(args);
