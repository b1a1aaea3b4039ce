using LlamaGate.Api.CommandLine;
using LlamaGate.Api.Lifetime;

SocketCompletions.GoOnWhereHeard();
return await ServiceConsole.RunAsync(args);
