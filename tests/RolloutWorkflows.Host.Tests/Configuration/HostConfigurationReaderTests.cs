using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host.Tests.Configuration;

public sealed class HostConfigurationReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Read_NoFiles_GivesDefaults()
    {
        var configuration = Read();

        Assert.Equal(new DurableTaskSettings(), configuration.DurableTask);
        Assert.Equal("playbooks", configuration.Rollout.Playbooks);
        Assert.False(configuration.Rollout.AllowPlaybookPeople);
        Assert.Empty(configuration.Warnings);
    }

    [Fact]
    public void Read_DurableFunctionsKeys_AreUnderstood()
    {
        folder.Write("host.json", """
            {
              // as in Azure Functions
              "version": "2.0",
              "extensions": { "durableTask": {
                "hubName": "web4", "storageProvider": { "type": "sqlite" },
                "maxConcurrentActivityFunctions": 7, "maxConcurrentOrchestratorFunctions": 3, "extendedSessionsEnabled": true,
              } }
            }
            """);

        var expected = new DurableTaskSettings { HubName = "web4", MaxConcurrentActivityFunctions = 7, MaxConcurrentOrchestratorFunctions = 3, ExtendedSessionsEnabled = true };
        Assert.Equal(expected, Read().DurableTask);
    }

    [Fact]
    public void Read_RolloutSection_IsUnderstood()
    {
        folder.Write("host.json", """
            { "extensions": { "rollout": {
              "playbooks": "plays", "files": "environments", "allowPlaybookPeople": true,
              "metricSources": { "web4-status": { "type": "json", "url": "http://127.0.0.1:5080/status.json", "timeoutSeconds": 2, "headers": { "X-Key": "%STATUS_KEY%" } } },
              "webhooks": { "pager": { "url": "https://pager.example/x" } } } } }
            """);
        folder.Write("local.settings.json", """{ "IsEncrypted": false, "Values": { "STATUS_KEY": "s3cret" } }""");

        var rollout = Read().Rollout;

        var source = rollout.MetricSources["web4-status"];
        Assert.Equal(new Uri("http://127.0.0.1:5080/status.json"), source.Address);
        Assert.Equal(TimeSpan.FromSeconds(2), source.Timeout);
        Assert.Equal("s3cret", source.Headers["X-Key"]);
        Assert.Equal(new Uri("https://pager.example/x"), rollout.Webhooks["pager"].Url);
        Assert.Equal("plays", rollout.Playbooks);
        Assert.Equal("environments", rollout.Files);
        Assert.True(rollout.AllowPlaybookPeople);
    }

    [Fact]
    public void Read_EnvironmentOverride_WinsOverFile()
    {
        folder.Write("host.json", """{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 7 } } }""");

        var configuration = Read(("AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions", "9"));

        Assert.Equal(9, configuration.DurableTask.MaxConcurrentActivityFunctions);
    }

    [Fact]
    public void Read_UnknownKeys_WarnWithSuggestion()
    {
        folder.Write("host.json", """{ "extensions": { "rollout": { "playboks": "x" }, "durableTask": { "useGracefulShutdown": true } } }""");

        var warnings = Read().Warnings;

        Assert.Contains("host.json.extensions.rollout.playboks is not a key of this section and has no effect; did you mean playbooks?", warnings);
        Assert.Contains("host.json.extensions.durableTask.useGracefulShutdown has no effect on this server.", warnings);
    }

    [Fact]
    public void Read_BadValues_AreAllReported()
    {
        folder.Write("host.json", """
            { "extensions": {
              "durableTask": { "maxConcurrentActivityFunctions": 0, "storageProvider": { "type": "mssql" } },
              "rollout": { "allowPlaybookPeople": "perhaps", "metricSources": { "a": { "url": "ftp://x" }, "b": {} }, "webhooks": { "w": { "url": "%MISSING%" } } } } }
            """);

        var problems = Assert.Throws<HostConfigurationException>(() => Read()).Problems;

        Assert.Contains("host.json.extensions.durableTask.maxConcurrentActivityFunctions: expected a whole number from 1 to 100000, got 0.", problems);
        Assert.Contains("host.json.extensions.durableTask.storageProvider.type: expected \"sqlite\", the store of this version, got \"mssql\".", problems);
        Assert.Contains("host.json.extensions.rollout.allowPlaybookPeople: expected true or false, got \"perhaps\".", problems);
        Assert.Contains("host.json.extensions.rollout.metricSources.a.url: expected an absolute http:// or https:// address, got \"ftp://x\".", problems);
        Assert.Contains("host.json.extensions.rollout.metricSources.b.address: expected an absolute http:// or https:// address, got nothing.", problems);
        Assert.Contains(problems, problem => problem.Contains("the setting MISSING is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OldNameOfTheFolderOfFiles_NamesTheNewOne()
    {
        folder.Write("host.json", """{ "extensions": { "rollout": { "environmentFiles": "environments" } } }""");

        Assert.Equal(
            ["host.json.extensions.rollout.environmentFiles: expected host.json.extensions.rollout.files, which names the folder of all files that playbooks may read or change, got its old name; rename it."],
            Assert.Throws<HostConfigurationException>(() => Read()).Problems);
    }

    [Fact]
    public void Read_Signers_AreKeysThatCanBeUsed()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        folder.Write("release.pub", key.ExportSubjectPublicKeyInfoPem());
        folder.Write("host.json", """{ "extensions": { "rollout": { "signers": { "release": "release.pub" } } } }""");

        Assert.Equal(Path.Combine(folder.Path, "release.pub"), Read().Rollout.Signers["release"]);
    }

    [Fact]
    public void Read_SignersWithoutAPublicKey_AreReported()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        folder.Write("secret.pem", key.ExportPkcs8PrivateKeyPem());
        folder.Write("host.json", """{ "extensions": { "rollout": { "signers": { "release": "secret.pem", "recovery": "none.pub" } } } }""");

        var problems = Assert.Throws<HostConfigurationException>(() => Read()).Problems;

        Assert.Contains(problems, problem => problem.StartsWith("host.json.extensions.rollout.signers.release: expected the file of a public key, got secret.pem: expected a public key in PEM", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("host.json.extensions.rollout.signers.recovery: expected the file of a public key, got none.pub: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Grants_AreUnderstood()
    {
        folder.Write("host.json", """
            { "extensions": { "rollout": { "grants": { "web4-*": {
              "flags": ["intent_*"], "files": ["web.env"], "workflows": ["chain/node:deploy-*.yml"],
              "repositories": ["chain/node", "web4/*"],
              "egress": ["https://api.example.com", { "origin": "https://inside.example.com", "private": true }],
              "secrets": { "TOKEN": ["https://api.example.com"] } } } } } }
            """);

        var grant = Read().Rollout.Grants["web4-*"];

        Assert.Equal(["intent_*"], grant.Flags);
        Assert.Equal(["web.env"], grant.Files);
        Assert.Equal(["chain/node:deploy-*.yml"], grant.Workflows);
        Assert.Equal(["chain/node", "web4/*"], grant.Repositories);
        Assert.Equal([false, true], grant.Egress.Select(origin => origin.Private));
        Assert.Equal("https://api.example.com/", Assert.Single(grant.Secrets["TOKEN"]).Origin.ToString());
    }

    [Fact]
    public void Read_ProtectionRules_AreUnderstood()
    {
        folder.Write("host.json", """
            { "extensions": { "rollout": { "secrets": { "key": { "env": "KEY" } }, "gitHub": { "token": "key", "protectionRules": { "Chain/node": {
              "production": { "playbook": "node", "stage": "ten-percent", "input": "commit" },
              "canary": { "playbook": "node", "stage": "canary", "input": "commit", "when": "opened" } } } } } } }
            """);

        var rules = Read().Rollout.ProtectionRules;

        Assert.Equal(new ProtectionRule { Playbook = "node", Stage = "ten-percent", Input = "commit" }, rules.Find(GitHubRepository.Parse("chain/Node"), "Production"));
        Assert.True(rules.Find(GitHubRepository.Parse("chain/node"), "canary")!.WhenOpened);
        Assert.Null(rules.Find(GitHubRepository.Parse("chain/node"), "staging"));
        Assert.Null(rules.Find(GitHubRepository.Parse("chain/other"), "production"));
    }

    [Fact]
    public void Read_ProtectionRulesThatCannotBeUsed_NameTheirPlaces()
    {
        folder.Write("host.json", """
            { "extensions": { "rollout": { "secrets": { "key": { "env": "KEY" } }, "gitHub": { "token": "key", "protectionRules": {
              "node": {}, "chain/node": { "production": { "playbook": "node", "stage": "ten-percent", "when": "finished" } } } } } } }
            """);

        var problems = Assert.Throws<HostConfigurationException>(() => Read()).Problems;

        const string Place = "host.json.extensions.rollout.gitHub.protectionRules";
        Assert.Contains($"{Place}.node: expected the name of a repository, owner/name, such as chain/node, got \"node\".", problems);
        Assert.Contains($"{Place}.chain/node.production.input: expected the playbook's input that holds the commit, branch or tag, got nothing.", problems);
        Assert.Contains($"{Place}.chain/node.production.when: expected promoted or opened, got \"finished\".", problems);
    }

    [Fact]
    public void Read_GrantsThatCannotBeUsed_NameTheirPlaces()
    {
        folder.Write("host.json", """
            { "extensions": { "rollout": { "grants": { "web4-*": {
              "flags": "all", "files": [7], "workflows": ["deploy.yml"], "repositories": ["*/node", "chain"],
              "egress": ["https://api.example.com/path", { "private": true }] } } } } }
            """);

        var problems = Assert.Throws<HostConfigurationException>(() => Read()).Problems;

        const string Place = "host.json.extensions.rollout.grants.web4-*";
        Assert.Contains($"{Place}.flags: expected a list [ … ], got \"all\".", problems);
        Assert.Contains($"{Place}.files[0]: expected a text in quotes, or an object, got 7.", problems);
        Assert.Contains($"{Place}.workflows: expected workflows such as \"chain/node:deploy.yml\" or \"chain/*:deploy-*.yml\", got \"deploy.yml\".", problems);
        Assert.Contains($"{Place}.repositories: expected repositories such as \"chain/node\" or \"chain/*\", got \"*/node\".", problems);
        Assert.Contains($"{Place}.repositories: expected repositories such as \"chain/node\" or \"chain/*\", got \"chain\".", problems);
        Assert.Contains(problems, problem => problem.StartsWith($"{Place}.egress[0]: expected an origin", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith($"{Place}.egress[1]: expected an origin", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_BrokenJson_NamesFileAndPlace()
    {
        folder.Write("host.json", "{\n  \"extensions\": oops\n}");

        var problem = Assert.Single(Assert.Throws<HostConfigurationException>(() => Read()).Problems);

        Assert.StartsWith(Path.Combine(folder.Path, "host.json") + ":2:", problem, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private HostConfiguration Read(params (string Key, string Value)[] environment) =>
        HostConfigurationReader.Read(folder.Path, environment.ToDictionary(pair => pair.Key, pair => pair.Value));
}
