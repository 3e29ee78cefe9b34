using System.Net;

namespace RolloutWorkflows.Activities.Tests;

public sealed class AddressReachTests
{
    [Theory]
    [InlineData("8.8.8.8", "Public")]
    [InlineData("2606:4700::1111", "Public")]
    [InlineData("::ffff:8.8.8.8", "Public")]
    [InlineData("172.15.255.255", "Public")]
    [InlineData("172.32.0.0", "Public")]
    [InlineData("10.1.2.3", "Private")]
    [InlineData("172.16.0.1", "Private")]
    [InlineData("172.31.255.255", "Private")]
    [InlineData("192.168.0.1", "Private")]
    [InlineData("100.64.0.1", "Private")]
    [InlineData("127.0.0.1", "Private")]
    [InlineData("127.9.9.9", "Private")]
    [InlineData("::1", "Private")]
    [InlineData("fd12:3456::1", "Private")]
    [InlineData("::ffff:10.0.0.1", "Private")]
    [InlineData("::ffff:127.0.0.1", "Private")]
    [InlineData("169.254.169.254", "Forbidden")]
    [InlineData("::ffff:169.254.169.254", "Forbidden")]
    [InlineData("fe80::1%1", "Forbidden")]
    [InlineData("fd00:ec2::254", "Forbidden")]
    [InlineData("100.100.100.200", "Forbidden")]
    [InlineData("168.63.129.16", "Forbidden")]
    [InlineData("0.0.0.0", "Forbidden")]
    [InlineData("::", "Forbidden")]
    [InlineData("224.0.0.1", "Forbidden")]
    [InlineData("255.255.255.255", "Forbidden")]
    [InlineData("ff02::1", "Forbidden")]
    [InlineData("64:ff9b::a9fe:a9fe", "Forbidden")]
    [InlineData("2002:a9fe:a9fe::", "Forbidden")]
    [InlineData("::127.0.0.1", "Forbidden")]
    public void Address_OfEachRange_LiesWhereTheRegistriesSay(string address, string expected) =>
        Assert.Equal(expected, AddressReach.Of(IPAddress.Parse(address)).ToString());
}
