using LlamaGate.Api.CommandLine;

return await GatewayCommand.RunAsync(args, Console.Out, Console.Error);
