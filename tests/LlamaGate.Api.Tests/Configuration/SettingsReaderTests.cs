using System.Collections;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Configuration;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Fact]
    public void Read_NothingSet_GivesDefaults() => Assert.Equal(new GatewaySettings(), Read([]));

    [Fact]
    public void Read_DotEnvOnly_IsUsed()
    {
        WriteDotEnv("# comment\nPORT=9000 # tail\nexport API_KEY='a#b'\nSOMETHING_ELSE=1\n\nTIMEOUT=\"10s\"\n");
        var settings = Read([]);
        Assert.Equal((9000, "a#b", TimeSpan.FromSeconds(10)), (settings.Port, settings.ApiKey, settings.Timeout));
    }

    [Fact]
    public void Read_BothSet_EnvironmentWins()
    {
        WriteDotEnv("PORT=9000\nDEBUG=true");
        var settings = Read(new() { ["PORT"] = "9001" });
        Assert.Equal((9001, true), (settings.Port, settings.Debug));
    }

    [Fact]
    public void Read_EnvironmentSetToEmpty_HidesDotEnvAndMeansDefault()
    {
        WriteDotEnv("PORT=9000\nAPI_KEY=secret");
        var settings = Read(new() { ["PORT"] = "", ["API_KEY"] = "" });
        Assert.Equal((8080, ""), (settings.Port, settings.ApiKey));
    }

    [Fact]
    public void Read_DotEnv_NeverReachesTheProcessEnvironment()
    {
        WriteDotEnv("LLAMAGATE_TEST_ONLY=1\nPORT=9000");
        Read([]);
        Assert.Null(Environment.GetEnvironmentVariable("LLAMAGATE_TEST_ONLY"));
    }

    [Fact]
    public void Read_ManyErrors_AreReportedAtOnceWithoutSecrets()
    {
        var errors = Errors(new()
        {
            ["PORT"] = "99999",
            ["TIMEOUT"] = "30",
            ["API_KEY"] = "sesame open",
            ["OLLAMA_HOST"] = "ftp://me:pa/ss@host",
            ["LOG_FILE"] = Path.Combine(_directory, "no", "such"),
        });
        Assert.EndsWith("cannot be opened for appending: its directory does not exist; allowed: the path of a file that can be created or appended to", errors[4], StringComparison.Ordinal);
        Assert.Equal(
            ["OLLAMA_HOST", "API_KEY", "PORT", "TIMEOUT", "LOG_FILE"],
            errors.Select(e => e.Split(':')[0]),
            StringComparer.Ordinal);
        Assert.Equal("PORT: \"99999\" is not allowed; allowed: a whole number from 1 to 65535", errors[2]);
        Assert.DoesNotContain(errors, e => e.Contains("sesame", StringComparison.Ordinal));
        Assert.DoesNotContain(errors, e => e.Contains("pa/ss", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PORT=1\nthis is no assignment\n", "line 2")]
    [InlineData("=value\n", "line 1")]
    [InlineData("API_KEY=\"never closed\nPORT=1\n", "line 1")]
    [InlineData("PORT=1\nAPI_KEY='never closed\n", "not closed")]
    [InlineData("PORT=1\nAPI_KEY=\"closed\" and more\n", "line 2 of {0} is malformed: there is text after the closing quote")]
    [InlineData("API_KEY='two\nlines' more\nPORT=1\n", "line 2 of {0} is malformed: there is text after the closing quote")]
    [InlineData("API_KEY=\"C:\\dir\\\"\n", "not closed")]
    public void Read_MalformedDotEnv_IsAClearError(string text, string complaint)
    {
        WriteDotEnv(text);
        var error = Assert.Single(Errors([]));
        Assert.StartsWith(".env: ", error, StringComparison.Ordinal);
        Assert.Contains(complaint.Replace("{0}", DotEnv, StringComparison.Ordinal), error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("API_KEY=\"a\\\"b\" # a comment", "a\"b")]
    [InlineData("API_KEY='a#b'# a comment", "a#b")]
    [InlineData("API_KEY=\"ab\"   ", "ab")]
    public void Read_QuotedValue_EndsAtItsQuote(string line, string key)
    {
        WriteDotEnv(line + "\nPORT=9000");
        var settings = Read([]);
        Assert.Equal((key, 9000), (settings.ApiKey, settings.Port));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT: the value is ignored; allowed: an http or https URL, like http://localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=smoke", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: the value is ignored; allowed: grpc or http/protobuf")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL=1m", "OTEL_METRIC_EXPORT_INTERVAL: the value is ignored; allowed: a whole number of milliseconds")]
    [InlineData("OTEL_TRACES_EXPORTER=zipkin,otlp", "OTEL_TRACES_EXPORTER: the value is ignored; allowed: otlp or none")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG=7", "OTEL_TRACES_SAMPLER_ARG: the value is ignored; allowed: a number from 0 to 1")]
    [InlineData("OTEL_SDK_DISABLED=maybe", "OTEL_SDK_DISABLED: the value is ignored; allowed: true or false")]
    [InlineData("OTEL_EXPORTER_OTPL_ENDPOINT=http://c:4317", ".env: line 1 of {0} sets OTEL_EXPORTER_OTPL_ENDPOINT, which is not a setting of LlamaGate; did you mean OTEL_EXPORTER_OTLP_ENDPOINT?")]
    public void Load_TelemetryThatIsIgnored_IsAWarning(string line, string warning)
    {
        WriteDotEnv(line);
        Assert.Equal(warning.Replace("{0}", DotEnv, StringComparison.Ordinal), Assert.Single(Load([]).Warnings));
    }

    [Fact]
    public void Load_TelemetryThatIsRight_IsNoWarning()
    {
        WriteDotEnv("""
            OTEL_EXPORTER_OTLP_ENDPOINT=https://collector:4318
            OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
            OTEL_EXPORTER_OTLP_HEADERS=api-key=secret
            OTEL_METRICS_EXPORTER=otlp,prometheus
            OTEL_TRACES_SAMPLER=parentbased_traceidratio
            OTEL_TRACES_SAMPLER_ARG=0.1
            OTEL_BSP_MAX_QUEUE_SIZE=4096
            OTEL_LOGS_EXPORTER=none
            """);
        Assert.Empty(Load([]).Warnings);
    }

    [Fact]
    public void Read_LogFileBesideTheAccounts_IsAllowed()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "data"));
        WriteDotEnv($"DATA_DIR={_directory}/data\nLOG_FILE={_directory}/data/usage.db.log");
        Assert.Equal(Path.Combine(_directory, "data/usage.db.log"), Read([]).LogFile);
    }

    [Theory]
    [InlineData("DATA_DIR=data\nLOG_FILE=data/usage.db", "LOG_FILE: \"data/usage.db\" is a file of the accounts in DATA_DIR; choose another name")]
    [InlineData("REDIS_URL=redis://127.0.0.1:1\nPORT=9000\nCLUSTER_ADDRESS=127.0.0.1:9000",
        "CLUSTER_ADDRESS: 127.0.0.1:9000 is what the gateway itself listens on (LISTEN_ADDRESS, PORT); choose another port")]
    public void Read_OnePlaceForTwoThings_IsAnError(string text, string error)
    {
        WriteDotEnv(text);
        Assert.Contains(error, Errors([]), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("PORT=99999\nloose line\nTIMEOUT=5 # five\n", "line 2")]
    [InlineData("PORT=99999\nTIMEOUT='5'\nAPI_KEY=\"never closed\n", "line 3")]
    public void Read_MalformedLine_DoesNotHideTheOtherErrors(string text, string line)
    {
        WriteDotEnv(text);
        var errors = Errors([]);
        Assert.Equal([".env", "PORT", "TIMEOUT"], errors.Select(error => error.Split(':')[0]), StringComparer.Ordinal);
        Assert.Contains(line, errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PORTT=9000", 1, "PORTT", "did you mean PORT?")]
    [InlineData("PORT=9000\nexport OLAMA_HOST=h:1", 2, "OLAMA_HOST", "did you mean OLLAMA_HOST?")]
    [InlineData("# A\nLOGFILE=x", 2, "LOGFILE", "did you mean LOG_FILE?")]
    [InlineData("port=9000", 1, "port", "did you mean PORT?")]
    [InlineData("COMPOSE_PROJECT_NAME=x", 1, "COMPOSE_PROJECT_NAME", "llamagate --help lists all settings")]
    public void Load_UnknownName_IsNamedWithTheNearestKnownOne(string text, int line, string name, string advice)
    {
        WriteDotEnv(text);
        var loaded = Load([]);
        Assert.Empty(loaded.Errors);
        Assert.Equal(
            $".env: line {line} of {DotEnv} sets {name}, which is not a setting of LlamaGate; {advice}", Assert.Single(loaded.Warnings));
    }

    [Fact]
    public void Load_VariablesOfOpenTelemetry_AreTakenFromFileAndEnvironment()
    {
        WriteDotEnv("OTEL_SERVICE_NAME=ours\nOTEL_EXPORTER_OTLP_ENDPOINT=http://file:4317\nOTEL_TRACES_SAMPLER=");
        var loaded = Load(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://environment:4317" });
        Assert.Empty(loaded.Warnings);
        Assert.Equal(
            ["OTEL_EXPORTER_OTLP_ENDPOINT=http://environment:4317", "OTEL_SERVICE_NAME=ours"],
            loaded.Settings.OpenTelemetry.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Load_UnknownNameInTheEnvironment_IsAnotherPrograms() => Assert.Empty(Load(new() { ["PORTT"] = "1" }).Warnings);

    [Fact]
    public void Load_Always_SaysWhereEachValueComesFrom()
    {
        WriteDotEnv("PORT=9000\nAPI_KEY=sesame\nDEBUG=true");
        var loaded = Load(new() { ["PORT"] = "9001", ["API_KEY"] = "" });
        Assert.Equal(DotEnv, loaded.File);
        Assert.Equal(["API_KEY", "PORT"], loaded.FromEnvironment.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["DEBUG"], loaded.FromFile, StringComparer.Ordinal);
    }

    [Fact]
    public void AdminKey_EqualToApiKey_IsRefused()
    {
        var error = Assert.Single(Errors(new() { ["API_KEY"] = "0123456789abcdef", ["ADMIN_KEY"] = "0123456789abcdef" }));
        Assert.StartsWith("ADMIN_KEY: it is the same as API_KEY", error, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("11434", "127.0.0.1", null)]
    [InlineData("9000", "0.0.0.0", "localhost:9000")]
    [InlineData("9000", "127.0.0.1", "first=http://10.0.0.1:9000,second=http://localhost:9000")]
    [InlineData("9000", "10.0.0.1", "http://10.0.0.1:9000")]
    public void OllamaHost_ThatIsTheGatewayItself_IsRefused(string port, string listen, string? host)
    {
        var error = Assert.Single(Errors(new() { ["PORT"] = port, ["LISTEN_ADDRESS"] = listen, ["OLLAMA_HOST"] = host ?? "" }));
        Assert.Contains("is the gateway's own address", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9000", "10.0.0.1", "http://127.0.0.1:9000")]
    [InlineData("9000", "127.0.0.1", "http://10.0.0.1:9000")]
    [InlineData("9000", "0.0.0.0", "http://ollama:9000")]
    public void OllamaHost_WithTheGatewaysPort_ElsewhereIsAllowed(string port, string listen, string host) =>
        Assert.Equal(host, Read(new() { ["PORT"] = port, ["LISTEN_ADDRESS"] = listen, ["OLLAMA_HOST"] = host }).RedactedOllamaHost);

    [Fact]
    public void Read_KeyAndPasswordForOllama_AreAConflict()
    {
        var error = Assert.Single(Errors(new() { ["OLLAMA_HOST"] = "http://me:pw123@h:1", ["OLLAMA_API_KEY"] = "sesame" }));
        Assert.StartsWith("OLLAMA_API_KEY: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("pw123", error, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LogFileThatIsADirectory_IsSaidInWords() => Assert.Contains(
        "cannot be opened for appending: it is a directory;", Assert.Single(Errors(new() { ["LOG_FILE"] = _directory })), StringComparison.Ordinal);

    [Fact]
    public void Read_LogFileInNoDirectory_IsSaidInWords() => Assert.Contains(
        "cannot be opened for appending: its directory does not exist;",
        Assert.Single(Errors(new() { ["LOG_FILE"] = Path.Combine(_directory, "none", "gate.log") })), StringComparison.Ordinal);

    [Fact]
    public void Read_QuotedLinesOfAnotherProgram_AreTolerated()
    {
        WriteDotEnv("CERT=\"first line\nsecond line\nlast line\"\nPORT=9000\n");
        Assert.Equal(9000, Read([]).Port);
    }

    [Fact]
    public void Read_DotEnvIsADirectory_IsAClearError()
    {
        Directory.CreateDirectory(Path.Combine(_directory, ".env"));
        Assert.Contains("is a directory", Assert.Single(Errors([])), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LogFile_LeavesThePlaceAsItWas()
    {
        var path = Path.Combine(_directory, "gate.log");
        Read(new() { ["LOG_FILE"] = path });
        Assert.False(File.Exists(path));
        File.WriteAllText(path, "kept");
        Read(new() { ["LOG_FILE"] = path });
        Assert.Equal("kept", File.ReadAllText(path));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private GatewaySettings Read(Hashtable environment) => SettingsReader.Read(_directory, environment);

    private IReadOnlyList<string> Errors(Hashtable environment) =>
        Assert.Throws<ConfigurationException>(() => Read(environment)).Errors;

    private string DotEnv => Path.Combine(_directory, ".env");

    private LoadedConfiguration Load(Hashtable environment) =>
        SettingsReader.Load(new EnvFileLocation(Given: null, _directory, Installed: []), environment, NamedFiles.CheckAsOnlooker);

    private void WriteDotEnv(string text) => File.WriteAllText(DotEnv, text);
}
