using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.Tests.Configuration.Hosts;

public sealed class HostsFileTests : IDisposable
{
    private readonly HostsFileBed _bed = new();

    /// <summary>The file, and what is said about it: each fault on a line.</summary>
    public static TheoryData<string, string> Faulty => new()
    {
        { "", "line 1: this is not valid JSON, near character 1" },
        { "{\n  \"hosts\": [\n    {\"url\": sesame}\n  ]\n}", "line 3: this is not valid JSON, near character 13" },
        { "[]", "line 1: the file must be an object\nline 1: hosts must be a list of 1 to 64 hosts" },
        { """{"hosts":[]}""", "line 1: hosts must be a list of 1 to 64 hosts" },
        { "{\"hosts\":[\n{\"name\":\"a\"}]}", "line 2: hosts[0].url is missing" },
        {
            "{\n\"hosts\":[{\"url\":\"http://a\"},\n{\n\"url\":\"http://me:sesame@:\"}]}",
            "line 4: hosts[1].url \"***@:\" is not allowed; allowed: an http:// or https:// URL, host:port, an IP address or localhost"
        },
        { """{"hosts":[{"url":"http://a","drian":true}]}""", "line 1: hosts[0].drian is unknown; did you mean drain?" },
        { """{"host":[{"url":"http://a"}]}""", "line 1: host is unknown; did you mean hosts?\nline 1: hosts must be a list of 1 to 64 hosts" },
        { """{"hosts":[{"url":"http://a"}],"zzzzzzzz":1}""", "line 1: zzzzzzzz is unknown; known here: $schema, hosts, models" },
        { """{"hosts":[{"url":"http://a","url":"http://b"}]}""", "line 1: hosts[0].url occurs twice" },
        {
            """{"hosts":[{"url":"http://a:1"},{"url":"http://a:1/x"}]}""",
            "line 1: hosts[1] has the name \"a:1\" of another host; give each host its own name"
        },
        {
            "{\"hosts\":[{\"name\":\"one\",\"url\":\"http://me:sesame@a:80/x\"},{\"url\":\"http://b\"},\n{\"name\":\"two\",\n\"url\":\"HTTP://A/x/\"}]}",
            "line 3: hosts[2].url is the same address as hosts[0].url; correct it, or remove one of the two hosts"
        },
        {
            """{"hosts":[{"url":"a:1"},{"url":"http://a:1"}]}""",
            "line 1: hosts[1].url is the same address as hosts[0].url; correct it, or remove one of the two hosts"
        },
        {
            """{"hosts":[{"url":"http://me:sesame@a/V1/"}]}""",
            "line 1: hosts[0].url must not end in /v1; leave it out, because the gateway adds the API's path"
        },
        {
            """{"hosts":[{"url":"a:1/ollama/api"}]}""",
            "line 1: hosts[0].url must not end in /api; leave it out, because the gateway adds the API's path"
        },
        { """{"hosts":[{"name":"a b","url":"http://a"}]}""", "line 1: hosts[0].name must have 1 to 64 letters, digits, '-', '_' or '.'" },
        { """{"hosts":[{"url":"http://a","api_key":"sesame open"}]}""", "line 1: hosts[0].api_key (not shown) must have visible ASCII characters without spaces" },
        {
            """{"hosts":[{"url":"http://me:sesame@a","api_key":"sesame"}]}""",
            "line 1: hosts[0].api_key is one of several credentials, and only one can be sent; keep one of api_key, api_key_file and the password in url"
        },
        { """{"hosts":[{"url":"http://a","drain":"yes"}]}""", "line 1: hosts[0].drain must be true or false" },
        { """{"hosts":[{"url":"http://a","slots":0}]}""", "line 1: hosts[0].slots must be a whole number from 1 to 64" },
        { """{"hosts":[{"url":"http://a","slots":"many"}]}""", "line 1: hosts[0].slots must be a whole number from 1 to 64, or \"auto\"" },
        {
            "{\"hosts\":[{\"url\":\"http://a\",\n\"pin\":[\"m\"]}]}",
            "line 2: hosts[0].pin also needs vram_gb or max_loaded, so that the gateway knows which models fit beside the pinned ones"
        },
        { """{"hosts":[{"url":"http://a","vram_gb":"24"}]}""", "line 1: hosts[0].vram_gb must be a number from 0.1 to 16384" },
        { """{"hosts":[{"url":"http://a","max_loaded":1,"pin":["m",7]}]}""", "line 1: hosts[0].pin[1] must be the name of a model, of 1 to 256 characters" },
        { "{\"hosts\":[{\"url\":\"http://a\",\"max_loaded\":1,\n\"pin\":[\"m\",\"n\"]}]}", "line 2: hosts[0].pin has 2 models, but max_loaded is 1" },
        {
            """{"hosts":[{"url":"http://a","max_loaded":1,"pin":["m","library/M:latest"]}]}""",
            "line 1: hosts[0].pin[1] is the same model as hosts[0].pin[0]; remove one"
        },
        { """{"hosts":[{"url":"http://a","ca_file":"ca.pem"}]}""", "line 1: hosts[0].ca_file has no effect, because url begins with http://" },
        { """{"hosts":[{"url":"http://a"}],"models":{"q*":{"max_ctx":10,"num_ctx":20}}}""", "line 1: models[\"q*\"].max_ctx must not be less than num_ctx (20)" },
        { """{"hosts":[{"url":"http://a"}],"models":{"q":{"options":{"num_ctx":1},"num_ctx":20}}}""", "line 1: models.q.options has num_ctx, and so has the rule; remove one" },
        { """{"hosts":[{"url":"http://a"}],"models":{"q":{"options":{"keep_alive":1}}}}""", "line 1: models.q.options.keep_alive is not an option; put it next to options" },
        { """{"hosts":[{"url":"http://a"}],"models":{"q":{"options":{"max_ctx":1}}}}""", "line 1: models.q.options.max_ctx is not an option; put it next to options" },
        { """{"hosts":[{"url":"http://a"}],"models":{"q":{"options":{"num_ctx":0}}}}""", "line 1: models.q.options.num_ctx must be an integer from 1 to 16777216" },
        { """{"hosts":[{"url":"http://a"}],"models":{"q":{"keep_alive":"soon"}}}""", "line 1: models.q.keep_alive must be a duration like \"30m\", or a number of seconds; -1 = forever" },
        { """{"hosts":[{"url":"http://a"}],"models":7}""", "line 1: models must be an object with a pattern of names for each rule" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Read_FaultyFile_SaysLinePathAndReason(string json, string expected)
    {
        var reading = _bed.Read(json);
        Assert.False(reading.IsUsable);
        Assert.Equal(expected, string.Join('\n', reading.Faults));
        Assert.All(reading.Errors, error => Assert.StartsWith("HOSTS_FILE: line ", error, StringComparison.Ordinal));
        Assert.DoesNotContain("sesame", string.Join('\n', reading.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFaults_SaysAll() => Assert.Equal(3, _bed.Read("""
        {"hosts":[{"url":"foo","slots":0},{"url":"http://a","x":1}]}
        """).Faults.Count);

    [Fact]
    public void Read_EveryMember_IsTaken()
    {
        _bed.Write("key", "from-file\n");
        var content = _bed.Read("""
            // Three hosts
            {
              "$schema": "hosts.schema.json",
              "hosts": [
                {"name": "gpu1", "url": "http://10.0.0.1:11434", "api_key": "inline", "slots": 4, "max_running": 8, "max_loaded": 2, "vram_gb": 24.5, "pin": ["qwen3:8b"]},
                {"url": "10.0.0.2", "api_key_file": "key", "drain": true, "slots": "auto", "pin": []}, /* relative to this file */
                {"url": "http://me:pw@h/ollama", "name": null},
              ],
              "models": {
                "qwen3*": {"num_ctx": 32768, "max_ctx": 65536, "slots": 2, "keep_alive": "-1m", "options": {"temperature": 0.5, "stop": ["x"]}},
                "*": {},
              },
            }
            """).Content!;
        Assert.Equal(
            ["gpu1=http://10.0.0.1:11434", "http://10.0.0.2:11434", "http://h/ollama"],
            content.Hosts.Select(host => host.ToString()), StringComparer.Ordinal);
        Assert.Equal(["Bearer inline", "Bearer from-file", "Basic bWU6cHc="], content.Hosts.Select(host => host.Authorization?.ToString()), StringComparer.Ordinal);
        Assert.Equal([false, true, false], content.Hosts.Select(host => host.IsDraining));
        var limits = content.Hosts[0].Limits;
        Assert.Equal(
            (4, false, 8, 2, 24_500_000_000, "qwen3:8b"),
            (limits.Slots, limits.LearnsSlots, limits.MaxRunning, limits.MaxLoaded, limits.VideoMemory, limits.Pinned.Single()));
        Assert.Equal((true, null), (content.Hosts[1].Limits.LearnsSlots, content.Hosts[1].Limits.Slots));
        Assert.Equal(
            new ModelRule { Context = 32768, MaxContext = 65536, Slots = 2, KeepAlive = "\"-1m\"" }, content.Models[0].Rule);
        var defaults = content.Options.Find("qwen3:8b", "qwen3:8b")!;
        Assert.Equal("""{"temperature":0.5,"stop":["x"],"num_ctx":32768}""", defaults.Options!.Value.GetRawText());
        Assert.Equal("\"-1m\"", defaults.KeepAlive!.Value.GetRawText());
        Assert.Null(content.Options.Find("other", "other")!.Options);
    }

    [Theory]
    [InlineData("""{"hosts":[{"url":"http://a","api_key":"sesame"}]}""", false)]
    [InlineData("""{"hosts":[{"url":"http://me:sesame@a"}]}""", false)]
    [InlineData("""{"hosts":[{"url":"http://a","api_key_file":"key"}]}""", true)]
    [InlineData("""{"hosts":[{"url":"http://a"}]}""", true)]
    public void Read_SecretInAFileThatOthersCanRead_IsRefusedWithTheRemedy(string json, bool isAllowed)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _bed.Write("key", "sesame");
        _bed.Write("hosts.json", json, isOpen: true);
        var reading = _bed.Read();
        Assert.Equal(isAllowed, reading.IsUsable);
        if (!isAllowed)
        {
            Assert.Equal(
                $"HOSTS_FILE: {_bed.Path} contains a secret and other users can read it; run: chmod o-rwx {_bed.Path}",
                Assert.Single(reading.Errors));
        }
    }

    [Theory]
    [InlineData("sesame", true, "contains a secret and other users can read it; run: chmod o-rwx ")]
    [InlineData("sesame open", false, "contains no key: one line of visible ASCII characters without spaces")]
    [InlineData("", false, "contains no key")]
    public void Read_KeyFileThatCannotBeUsed_IsNamed(string key, bool isOpen, string expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _bed.Write("key", key, isOpen);
        var fault = Assert.Single(_bed.Read("""{"hosts":[{"url":"http://a","api_key_file":"key"}]}""").Faults).ToString();
        Assert.StartsWith("line 1: hosts[0].api_key_file ", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FilesThatAreNotThere_AreNamed()
    {
        Assert.Equal($"HOSTS_FILE: {_bed.Path} cannot be read: it does not exist", Assert.Single(_bed.Read().Errors));
        Assert.Equal(
            $"line 1: hosts[0].api_key_file \"{_bed.PathOf("none")}\" cannot be read: it does not exist",
            Assert.Single(_bed.Read("""{"hosts":[{"url":"http://a","api_key_file":"none"}]}""").Faults).ToString());
    }

    [Fact]
    public void Stamp_OfTheSameContent_IsTheSameAndDiffersWithAnyFile()
    {
        _bed.Write("key", "one");
        const string Json = """{"hosts":[{"url":"http://a","api_key_file":"key"}]}""";
        var first = _bed.Read(Json);
        Assert.Equal(first.Stamp, _bed.Read().Stamp);
        _bed.Write("key", "two");
        var second = _bed.Read();
        Assert.NotEqual(first.Stamp, second.Stamp, StringComparer.Ordinal);
        Assert.NotEqual(first.Content!.Hosts[0].Revision, second.Content!.Hosts[0].Revision, StringComparer.Ordinal);
        Assert.NotEqual(second.Stamp, _bed.Read(Json + " ").Stamp, StringComparer.Ordinal);
        Assert.Equal([_bed.Path, _bed.PathOf("key")], second.Paths, StringComparer.Ordinal);
    }

    public void Dispose() => _bed.Dispose();
}
