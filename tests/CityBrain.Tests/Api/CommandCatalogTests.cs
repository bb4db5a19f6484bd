using CityBrain.Api;
using CityBrain.Cases;
using CityBrain.Sharing;

namespace CityBrain.Tests.Api;

public sealed class CommandCatalogTests
{
    private static readonly Role[] Givers = [Role.Staff, Role.Duty];

    [Fact]
    public void All_EachCommandOfTheTable_IsThereUnderItsName() =>
        Assert.Equal(
            Enum.GetValues<CaseAction>().Where(CaseTransitions.IsCommand).Select(action => action.ToString()).Order(StringComparer.OrdinalIgnoreCase),
            CommandCatalog.All.Select(entry => entry.Name).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Read_EmptyBody_IsTheCommandOfTheName() =>
        Assert.All(CommandCatalog.All, entry =>
        {
            var (command, fault) = entry.Read(default);
            Assert.Null(fault);
            Assert.IsType(entry.Arguments, command);
            Assert.Equal(entry.Name, command!.Action.ToString(), ignoreCase: true);
        });

    [Fact]
    public void Read_EmptyObject_NeverMakesDeciding_Throw() =>
        Assert.All(CommandCatalog.All, entry => Assert.All(Enum.GetValues<CaseState>(), state =>
            Assert.NotNull(Lives.In(state).Given(entry.Read("{}"u8.ToArray()).Command!))));

    [Theory]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("[")]
    [InlineData("{\"until\":\"never\",\"workingDays\":\"many\",\"department\":{},\"reason\":[],\"text\":1.5,\"categoryCode\":{},\"into\":{},\"emergencyId\":{},\"to\":{},\"funding\":{},\"how\":{},\"parties\":{},\"party\":{},\"justified\":\"perhaps\",\"passes\":\"maybe\",\"solved\":\"maybe\",\"clock\":\"noon\",\"items\":{}}")]
    public void Read_NotItsArguments_IsAFault(string body) =>
        Assert.All(CommandCatalog.All.Where(entry => entry.Arguments.GetProperties().Length > 2 || body[0] != '{'), entry =>
            Assert.Null(entry.Read(System.Text.Encoding.UTF8.GetBytes(body)).Command));

    [Theory]
    [InlineData("accept", Role.Staff)]
    [InlineData("return", Role.Staff)]
    [InlineData("reply", Role.Staff)]
    [InlineData("suspend", Role.Staff)]
    [InlineData("confirmTriage", Role.Staff)]
    [InlineData("merge", Role.Duty)]
    [InlineData("arbitrate", Role.Duty)]
    [InlineData("release", Role.Duty)]
    [InlineData("reassign", Role.Duty)]
    [InlineData("extend", Role.Duty)]
    [InlineData("withdraw", Role.Duty)]
    public void Find_Name_HasItsRole(string name, Role role)
    {
        Assert.Equal(role, CommandCatalog.Find(name)!.Role);
        Assert.Same(CommandCatalog.Find(name), CommandCatalog.Find(name.ToUpperInvariant()));
        Assert.Contains(role, Givers);
    }

    [Theory]
    [InlineData("dispatch")]
    [InlineData("passReply")]
    [InlineData("confirmSolved")]
    [InlineData("note")]
    [InlineData("")]
    public void Find_StepOfTheCityItself_IsNoCommand(string name) => Assert.Null(CommandCatalog.Find(name));

    [Fact]
    public void NamesFrom_EveryState_IsWhatTheTableAllows() =>
        Assert.All(Enum.GetValues<CaseState>(), state => Assert.Equal(CaseTransitions.CommandsFrom(state).Count, CommandCatalog.NamesFrom(state).Count));
}
