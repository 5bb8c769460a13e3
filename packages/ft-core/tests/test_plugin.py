"""The plugin manager: validation, laziness, failures that are told, conflicts that are errors, allow-list and listing."""

import subprocess
import sys
import types

import pytest

from ft_core.plugin import PluginConflictError, PluginError, PluginManager, PluginWarning, impl, spec
from ft_core.plugin.manager import installed_entry_points
from ft_core.settings import settings


class Dist:
    def __init__(self, name, version="1.0"):
        self.name, self.version = name, version


class Entry:
    """What importlib.metadata.EntryPoint offers, with a count of loads."""

    def __init__(self, name, plugin, dist="dist", value="somewhere.else"):
        self.name, self.plugin, self.dist, self.value, self.loads = name, plugin, Dist(dist), value, 0

    def load(self):
        self.loads += 1
        if isinstance(self.plugin, BaseException):
            raise self.plugin
        return self.plugin


def plugin_with(**hooks):
    """A module whose hooks return the given values."""
    module = types.ModuleType("fake")
    for name, value in hooks.items():
        setattr(module, name, impl(returning(value)))
    return module


def returning(value):
    def hook():
        return value

    return hook


def printed(code):
    """What a fresh interpreter prints when it runs `code`."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def manager_of(*entries, settings=None):
    scans = []

    def entry_points():
        scans.append(1)
        return list(entries)

    manager = PluginManager(entry_points, lambda name: frozenset((settings or {}).get(name, ())))
    manager.scans = scans
    return manager


def test_every_hook_is_documented_with_an_example_and_a_version():
    for name in spec.HOOKS:
        text = getattr(spec, name).__doc__
        assert "@impl" in text, name
        assert ".. versionadded::" in text, name


def test_hooks_lists_every_specification():
    marked = {n for n, f in vars(spec).items() if getattr(f, "frankentorch_spec", None) is not None}
    assert marked == set(spec.HOOKS)


def test_items_reach_the_receiver_whether_it_comes_before_or_after_the_plugin():
    manager, early, late = manager_of(), [], []
    manager.receive("ft_backends", lambda item, plugin: early.append((item, plugin)))
    manager.register(plugin_with(ft_backends=["a"], ft_rules=["r"]), "one")
    manager.receive("ft_rules", lambda item, plugin: late.append((item, plugin)))
    assert early == [("a", "one")]
    assert late == [("r", "one")]


def test_commands_arrive_as_pairs():
    manager, got = manager_of(), []
    manager.receive("ft_commands", lambda item, plugin: got.append(item))
    manager.register(plugin_with(ft_commands={"polish": len}), "shoes")
    assert got == [("polish", len)]


def test_registering_twice_is_once():
    manager, got = manager_of(), []
    manager.receive("ft_backends", lambda item, plugin: got.append(item))
    plugin = plugin_with(ft_backends=["a"])
    assert manager.register(plugin, "one") is manager.register(plugin, "one")
    assert got == ["a"]


def test_surplus_argument_names_plugin_hook_signature_and_argument():
    plugin = types.SimpleNamespace(ft_backends=impl(lambda config, extra: []))
    with pytest.raises(PluginError, match=r"plugin p: hook ft_backends\(config, extra\) asks for config, extra.*ft_backends\(\)"):
        manager_of().register(plugin, "p")


def test_unknown_hook_lists_the_known_ones():
    plugin = types.SimpleNamespace(ft_bakends=impl(returning([])))
    with pytest.raises(PluginError, match=r"plugin p: there is no hook ft_bakends; hooks are ft_backends"):
        manager_of().register(plugin, "p")


def test_forgotten_mark_is_an_error():
    with pytest.raises(PluginError, match="ft_backends is a hook's name but is not marked; write @impl"):
        manager_of().register(types.SimpleNamespace(ft_backends=returning([])), "p")


def test_entry_points_are_read_once_and_late():
    entry = Entry("one", plugin_with())
    manager = manager_of(entry)
    manager.register(plugin_with(), "built")
    assert (len(manager.scans), entry.loads) == (0, 0)
    manager.discover()
    manager.discover()
    manager.listing()
    assert (len(manager.scans), entry.loads) == (1, 1)


@pytest.mark.parametrize("failure", [ImportError("no driver"), ValueError("odd"), SystemExit(3)])
def test_failing_plugin_is_a_warning_and_a_row(failure):
    good, got = Entry("zebra", plugin_with(ft_backends=["z"])), []
    manager = manager_of(Entry("bad", failure, "ft-bad"), good)
    manager.receive("ft_backends", lambda item, plugin: got.append(item))
    with pytest.warns(PluginWarning, match=r"plugin bad \(ft-bad 1.0\) is left out.*FT_DISABLE_PLUGINS=bad"):
        manager.discover()
    row = next(r for r in manager.listing() if r.name == "bad")
    assert row.status == "failed"
    assert type(failure).__name__ in row.reason
    assert got == ["z"]


def test_plugin_failing_inside_a_hook_is_left_out():
    def ft_backends():
        raise RuntimeError("half way")

    manager = manager_of(Entry("bad", types.SimpleNamespace(ft_backends=impl(ft_backends))))
    manager.receive("ft_backends", lambda item, plugin: None)
    with pytest.warns(PluginWarning, match="half way"):
        manager.discover()
    assert [r.status for r in manager.listing()] == ["failed"]


def test_failing_built_in_is_an_error_and_a_row_when_its_receiver_comes_late():
    def refuse(item, plugin):
        raise ValueError("not this")

    manager = manager_of()
    manager.register(plugin_with(ft_backends=["a"]), "one")
    with pytest.raises(ValueError, match="not this"):
        manager.receive("ft_backends", refuse)
    assert [(row.name, row.status, row.reason) for row in manager.listing()] == [("one", "failed", "ValueError: not this")]


def test_late_receivers_get_only_what_nobody_got():
    manager, first, second = manager_of(Entry("late", plugin_with(ft_backends=["b"]))), [], []
    manager.register(plugin_with(ft_backends=["a"]), "one")
    manager.receive("ft_backends", lambda item, plugin: first.append(item))
    manager.discover()
    manager.receive("ft_backends", lambda item, plugin: second.append(item))
    assert (first, second) == (["a", "b"], [])


def test_failing_stranger_is_told_when_its_receiver_comes_late():
    def refuse(item, plugin):
        raise ValueError("not this")

    manager = manager_of(Entry("late", plugin_with(ft_backends=["b"]), "ft-late"))
    manager.discover()
    with pytest.warns(PluginWarning, match=r"^plugin late \(ft-late 1.0\) is left out: ValueError: not this"):
        manager.receive("ft_backends", refuse)
    assert [row.status for row in manager.listing()] == ["failed"]


def test_installed_entry_points_are_those_of_the_group():
    assert all(entry.group == "frankentorch" for entry in installed_entry_points())


def claiming(manager, kind):
    manager.receive("ft_op_families", lambda item, plugin: manager.claim(kind, item))


def test_two_claims_of_one_name_are_an_error_naming_both_each_time():
    manager = manager_of(
        Entry("left", plugin_with(ft_op_families=["knot"]), "ft-left"),
        Entry("right", plugin_with(ft_op_families=["knot"]), "ft-right"),
    )
    claiming(manager, "op")
    text = r'op "knot": claimed by both plugin left \(ft-left 1.0\) and plugin right \(ft-right 1.0\).*FT_DISABLE_PLUGINS=right'
    for _ in range(2):
        with pytest.raises(PluginConflictError, match=text):
            manager.discover()
    assert {r.name: r.status for r in manager.listing()} == {"left": "loaded", "right": "failed"}


def test_disabling_one_ends_the_conflict():
    entries = [Entry("left", plugin_with(ft_op_families=["knot"])), Entry("right", plugin_with(ft_op_families=["knot"]))]
    manager = manager_of(*entries, settings={"disable_plugins": ["right"]})
    claiming(manager, "op")
    manager.discover()
    assert entries[1].loads == 0


def test_one_plugin_may_claim_a_name_twice():
    manager = manager_of()
    claiming(manager, "op")
    assert manager.register(plugin_with(ft_op_families=["knot", "knot"]), "one").brings == ["op knot"]


def test_claim_against_the_product_itself_names_it():
    manager = manager_of()
    manager.claim("op", "add")
    claiming(manager, "op")
    with pytest.raises(PluginConflictError, match='op "add": claimed by both built-in and plugin p'):
        manager.register(plugin_with(ft_op_families=["add"]), "p")


def test_same_entry_point_name_from_two_distributions_is_a_conflict():
    manager = manager_of(Entry("x", plugin_with(), "one", "a"), Entry("x", plugin_with(), "two", "b"))
    with pytest.raises(PluginConflictError, match=r"plugin x \(one 1.0\) and by two 1.0"):
        manager.discover()
    assert [r.status for r in manager.listing()] == ["loaded", "failed"]


def test_allow_list_admits_by_plugin_or_distribution_name():
    entries = [Entry("a", plugin_with(), "ft-a"), Entry("b", plugin_with(), "ft-b"), Entry("c", plugin_with(), "ft-c")]
    manager = manager_of(*entries, settings={"plugins": ["a", "ft-b"]})
    rows = {r.name: r for r in manager.listing()}
    assert [e.loads for e in entries] == [1, 1, 0]
    assert rows["c"].status == "disabled"
    assert "FT_PLUGINS" in rows["c"].reason


def test_star_disables_all():
    entry = Entry("a", plugin_with())
    assert manager_of(entry, settings={"disable_plugins": ["*"]}).listing()[0].status == "disabled"
    assert entry.loads == 0


def test_lists_are_read_from_the_settings():
    entries = [Entry("a", plugin_with()), Entry("b", plugin_with())]
    with settings(plugins="a, b", disable_plugins="b"):
        manager = PluginManager(lambda: entries)
        assert [r.status for r in manager.listing()] == ["loaded", "disabled"]


def test_entry_point_of_a_built_in_adds_its_distribution_and_is_not_loaded():
    plugin = plugin_with()
    plugin.__name__ = "ft_kernel_fake.plugin"
    entry = Entry("fake", plugin, "ft-kernel-fake", "ft_kernel_fake.plugin")
    manager = manager_of(entry)
    manager.register(plugin, "cpu")
    (row,) = manager.listing()
    assert (row.name, row.status, row.distribution, entry.loads) == ("cpu", "built-in", "ft-kernel-fake", 0)


def test_entry_point_of_a_registered_object_adds_no_second_row():
    plugin = plugin_with()
    manager = manager_of(Entry("fake", plugin, "ft-kernel-fake", "ft_kernel_fake:plugin"))
    manager.register(plugin, "cpu")
    assert [(r.name, r.status, r.distribution) for r in manager.listing()] == [("cpu", "built-in", "ft-kernel-fake")]


def test_unknown_hook_for_a_receiver_is_refused():
    with pytest.raises(PluginError, match="hook ft_kernels: not specified"):
        manager_of().receive("ft_kernels", print)


def test_importing_reads_no_package_metadata():
    assert printed("import sys, ft_core.plugin.manager\nprint('importlib.metadata' in sys.modules)") == "False"


def test_installed_plugin_is_found_by_its_dist_info(tmp_path):
    info = tmp_path / "ft_abacus-0.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ft-abacus\nVersion: 0.3\n")
    (info / "entry_points.txt").write_text("[frankentorch]\nabacus = ft_abacus_plugin\n")
    (tmp_path / "ft_abacus_plugin.py").write_text("from ft_core.plugin import impl\n\n\n@impl\ndef ft_formats():\n    return []\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nfrom ft_core.plugin import plugins\n"
        "row = next(r for r in plugins.listing() if r.name == 'abacus')\nprint(row.distribution, row.version, row.status)"
    )
    assert printed(code) == "ft-abacus 0.3 loaded"
