using System.Text;

// Stands in for the programs that scripts/windows call: a copy of it under the name of each (dotnet.exe, curl.exe, powershell.exe).
// It writes down how it was called, as Windows took the command line apart, and says what the script has to hear.
//   STAND_IN_CALLS   the file to write to: NAME <ARGUMENT> <ARGUMENT> …, a line a call
//   STAND_IN_FAIL    calls that begin with this end with 1
var name = Path.GetFileNameWithoutExtension(Environment.ProcessPath);
var call = new StringBuilder(name);
foreach (var argument in args)
{
    call.Append(" <").Append(argument).Append('>');
}

var isGateway = args is [var program] && program.EndsWith("llamagate.dll", StringComparison.OrdinalIgnoreCase);
if (isGateway)
{
    // What a script sets for the gateway alone.
    call.Append(" DEBUG=").Append(Environment.GetEnvironmentVariable("DEBUG"))
        .Append(" API_KEY=").Append(Environment.GetEnvironmentVariable("API_KEY"));
}

File.AppendAllText(Environment.GetEnvironmentVariable("STAND_IN_CALLS")!, call.Append('\n').ToString());
if (Environment.GetEnvironmentVariable("STAND_IN_FAIL") is { Length: > 0 } failing
    && call.ToString().StartsWith(failing, StringComparison.Ordinal))
{
    return 1;
}

switch (name, args)
{
    case ("dotnet", ["--info"]):
        Console.Out.WriteLine("Runtime Environment:\r\n RID:         win-x64");
        break;
    case ("dotnet", ["publish", ..]):
        var output = Directory.CreateDirectory(args[Array.IndexOf(args, "-o") + 1]);
        File.WriteAllText(Path.Combine(output.FullName, "llamagate.exe"), "published");
        break;
    case ("dotnet", [_, "--check-config"]):
        Console.Out.WriteLine("configuration is valid\r\n  OLLAMA_HOST      http://127.0.0.1:9\r\n  API_KEY          (not set)");
        break;
    case ("powershell", _):
        Console.Out.WriteLine(args[^1].Contains("Start-Process", StringComparison.Ordinal) ? "4242" : "made-by-powershell");
        break;
    default:
        break;
}

return 0;
