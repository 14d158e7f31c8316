#!/usr/bin/env python3
"""Breaks every rule, scope, location, option, tie-break and step in turn and shows the named test that fails.

Usage: break.py SOURCE_ROOT BUILD_DIR [NAME...]     (a NAME is a mutant, or the beginning of some: data/client-dp)

BUILD_DIR is a finished build of the unchanged program. Mutants of the data (`data/...`) run on it, with a changed copy of
data/catalogue.xml in place of its own (G_RESOURCE_OVERLAYS). Mutants of the code (`code/...`, the table CODE) are made in
a copy of the source tree that is built on the side. For each, test_rules.py's relevant cases run first, then all others
and test_new_data.py. A line a mutant names the first test that fails. EQUIVALENT lists by name the mutants that cannot be
told from the program, with the reason. Ends with counts; the exit status is 1 when another mutant survives, or one of
EQUIVALENT does not.
"""

import atexit
import concurrent.futures
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree as ElementTree

import test_rules
from cases import FEATURES, SETTINGS
from plans import Broken

NAMESPACE = "urn:portolan:catalogue:1"
TAG = "{" + NAMESPACE + "}"
OVERLAY = "/org/portolan/data/catalogue.xml="
CLI = "src/cli/portolan-cli"
JOBS = 3
SCOPES = ["any", "site", "top", "assigned", "subtree", "hierarchy", "parent-child", "to-parent", "zone", "link"]

SYMMETRIC = "scope and ports are the same both ways: each pair matches in both orders anyhow"
TURNED = "two-way, scope and ports the same both ways: who stands first changes no flow"
EQUIVALENT = {
    **{f"data/{rule}/from and to swapped": TURNED for rule in
       ["mp-site-server", *[f"site-server-{role}" for role in ["ai", "crp", "cmgcp", "ep", "enroll", "enrollproxy", "fsp",
                                                               "ca", "scp", "reporting", "smp"]]]},
    "data/site-server-site-server/scope to-parent": "a way to the parent and back is one between parent and child",
    "data/client-client-pe/two-way": SYMMETRIC,
    "data/site-server-site-server/one-way": SYMMETRIC,
    "code/order of rows: reasons": "rows that differ in nothing but their reasons would permit the same twice",
}

# ---------------------------------------------------------------------------------------------------------------------
# Mutants of the data


def terms_changed(element, name):
    """Each of the conditions dropped and turned round."""
    terms = (element.get("when") or "").split(" and ")
    for i, term in enumerate(terms if terms != [""] else []):
        rest = terms[:i] + terms[i + 1:]
        yield f"{name}without the condition {term}", {"when": " and ".join(rest) or None}
        turned = term.replace(" != ", " = ") if "!=" in term else term.replace(" = ", " != ")
        yield f"{name}with {turned}", {"when": " and ".join(terms[:i] + [turned] + terms[i + 1:])}


def locations_changed(element, name, others):
    for other in others:
        if other != element.get("location"):
            yield f"{name}location {other}", {"location": other}


def ports_changed(service, name):
    protocol, port, setting = (service.get(key) for key in ["protocol", "port", "setting"])
    if protocol != "icmp":
        yield f"{name}the other protocol", {"protocol": "udp" if protocol == "tcp" else "tcp"}
    if port:
        low, _, high = port.partition("-")
        for text in {f"{int(low) + 1}-{high}" if high else f"{int(low) + 1}", f"{low}-{int(high or low) - 1}" if high else ""}:
            if text:
                yield f"{name}port {text}", {"port": text}
        for same, value in SETTINGS.items():
            if value == port:
                yield f"{name}setting {same}", {"port": None, "setting": same}
                break
    if setting:
        yield f"{name}fixed", {"setting": None, "port": SETTINGS[setting].split()[0]}
        names = list(SETTINGS)
        yield f"{name}another setting", {"setting": names[(names.index(setting) + 1) % len(names)]}


def rule_mutants(rule):
    """(what is changed, element, its attributes; None in place of them for leaving it out) of one rule."""
    scope, services = rule.get("scope"), rule.findall(TAG + "service")
    yield "deleted", rule, None
    for other in SCOPES:
        if other != scope:
            link = {"link": "pull-source"} if other == "link" else {"link": None}
            yield f"scope {other}", rule, {"scope": other, **link}
    for start in rule.findall(TAG + "from"):
        yield f"without from {start.get('role')}", start, None
        for other in SCOPES[:-1]:
            if other != start.get("scope"):
                yield f"from {start.get('role')} scope {other}", start, {"scope": other}
    words = rule.get("from").split()
    for word in words if len(words) > 1 else []:
        yield f"without from {word}", rule, {"from": " ".join(other for other in words if other != word)}
    if len(words) == 1 and words[0] != rule.get("to") and not words[0].startswith("@"):
        yield "from and to swapped", rule, {"from": rule.get("to"), "to": words[0]}
    two_way = rule.get("direction") == "two-way"
    yield "one-way" if two_way else "two-way", rule, {"direction": None if two_way else "two-way"}
    installation = rule.get("phase") == "installation"
    yield "the other phase", rule, {"phase": None if installation else "installation"}
    if rule.get("feature"):
        yield "without its feature", rule, {"feature": None}
    for feature in [name for name in FEATURES if name != rule.get("feature")][:1]:
        yield f"feature {feature}", rule, {"feature": feature}
    changes = list(terms_changed(rule, ""))
    if rule.get("location"):
        changes += locations_changed(rule, "", ["intranet", "any", "cloud"])
    yield from ((name, rule, attributes) for name, attributes in changes)
    for i, service in enumerate(services):
        name = f"service {i + 1} "
        yield name + "deleted", service, None
        yield name + "called otherwise", service, {"name": "Other"}
        if service.get("feature"):
            yield name + "without its feature", service, {"feature": None}
        changes = [*ports_changed(service, name), *terms_changed(service, name)]
        if service.get("location"):
            changes.append((name + "without its location", {"location": None}))
        if rule.get("location"):
            changes += locations_changed(service, name, {"intranet", "any"} - ({rule.get("location")} if not
                                                                             service.get("location") else set()))
        yield from ((name, service, attributes) for name, attributes in changes)


def other_values(values, default):
    return [value for value in values.split() if value != default]


def head_mutants(root):
    """The settings, features, roles and options of the data, with the cases that are about them."""
    for setting in root.findall(TAG + "setting"):
        name, default = setting.get("name"), setting.get("default")
        if setting.get("values"):
            for value in other_values(setting.get("values"), default):
                yield f"setting {name}/default {value}", setting, {"default": value}
        else:
            yield f"setting {name}/another default", setting, {"default": str(int(default.split("-")[0]) + 1)}
            used = f"{TAG}rule[@direction='two-way']/{TAG}service[@setting='{name}']"
            if root.find(used) is not None:  # on a one-way rule the to end is the destination
                other = None if setting.get("read-from") else "destination"
                yield f"setting {name}/read from the other end", setting, {"read-from": other}
    for feature in root.findall(TAG + "feature"):
        yield (f"feature {feature.get('name')}/the other default", feature,
               {"default": "off" if feature.get("default") == "on" else "on"})
    for role in root.findall(TAG + "role"):
        name = f"role {role.get('name')}/"
        kind = role.get("kind")
        if kind in ("site-system", "client-like"):
            yield name + "kind infrastructure", role, {"kind": "infrastructure"}
        elif kind in ("tool", "infrastructure", "outside"):
            yield name + "kind site-system", role, {"kind": "site-system"}
            yield name + "kind client-like", role, {"kind": "client-like"}
        if role.get("site-server"):
            yield name + "no site server", role, {"site-server": None}
        for option in role.findall(TAG + "option"):
            values = other_values(option.get("values"), option.get("default")) if option.get("values") else [option.get("min")]
            for value in values:
                yield f"{name}{option.get('name')} is {value} by default", option, {"default": value}


def relevant_to(rule, known):
    return [key for key in known if re.match(rf"rule/{re.escape(rule)}[/ ]", key)]


def data_mutants(catalogue, known):
    """(name, text of the changed data, relevant cases)."""
    ElementTree.register_namespace("", NAMESPACE)
    tree = ElementTree.parse(catalogue)
    root = tree.getroot()
    parents = {child: parent for parent in root.iter() for child in parent}

    def changed(element, attributes):
        if attributes is None:
            parent = parents[element]
            place = list(parent).index(element)
            parent.remove(element)
            text = ElementTree.tostring(root, encoding="unicode")
            parent.insert(place, element)
            return text
        before = dict(element.attrib)
        for key, value in attributes.items():
            element.attrib.pop(key, None)
            if value is not None:
                element.set(key, value)
        text = ElementTree.tostring(root, encoding="unicode")
        element.attrib.clear()
        element.attrib.update(before)
        return text

    for rule in root.findall(TAG + "rule"):
        cases = relevant_to(rule.get("id"), known)
        if not cases:
            raise SystemExit(f"break.py: no case is about the rule {rule.get('id')}")
        for name, element, attributes in rule_mutants(rule):
            yield f"data/{rule.get('id')}/{name}", lambda e=element, a=attributes: changed(e, a), cases
    for name, element, attributes in head_mutants(root):
        yield f"data/{name}", lambda e=element, a=attributes: changed(e, a), []


# ---------------------------------------------------------------------------------------------------------------------
# Mutants of the code: (name, file below src, search text, replacement, cases that are about it)

MATCH, FLOWS, GRAPH, CLASSES = ("engine/ptl-match.c", "engine/ptl-flows.c", "engine/ptl-graph.c",
                                "engine/ptl-classes.c")
ROUTES, JOIN, SHEETS, PLAN = ("engine/ptl-routes.c", "engine/ptl-consolidate.c", "engine/ptl-sheets.c",
                              "plan/ptl-plan-graph.c")

CODE = [
    # 1.4: scopes
    ("scope any", MATCH, "case PTL_SCOPE_ANY:\n      return TRUE;", "case PTL_SCOPE_ANY:\n      return a == b;",
     "rule/ai-microsoft"),
    ("scope site", MATCH, "case PTL_SCOPE_SITE:\n      return waived || a == b;",
     "case PTL_SCOPE_SITE:\n      return TRUE;", "rule/ai-sql"),
    ("scope site waived", MATCH, "case PTL_SCOPE_SITE:\n      return waived || a == b;",
     "case PTL_SCOPE_SITE:\n      return a == b;", "rule/ai-sql"),
    ("scope top: a parent", MATCH, "return a < 0 || c->graph->sites[a].parent < 0;", "return TRUE;", "rule/sup-internet"),
    ("scope top: without sites", MATCH, "return a < 0 || c->graph->sites[a].parent < 0;",
     "return a >= 0 && c->graph->sites[a].parent < 0;", "rule/sup-internet"),
    ("scope top: one site", MATCH, "if (a >= 0 && b >= 0 && a != b)", "if (a != b)", "rule/sup-internet"),
    ("scope top: the same site", MATCH, "if (a >= 0 && b >= 0 && a != b)", "if (FALSE)", "rule/sup-internet"),
    ("scope assigned: the parent of a secondary", MATCH,
     "return site == client_site || (own->kind == PTL_SITE_SECONDARY && own->parent == site);",
     "return site == client_site && own != NULL;", "rule/client-fsp"),
    ("scope assigned: the parent of any site", MATCH, "own->kind == PTL_SITE_SECONDARY && own->parent == site",
     "own->parent == site", "rule/client-fsp"),
    ("scope assigned: waived", MATCH, "  if (a < 0 || b < 0)\n    return TRUE;\n  return (from &&",
     "  if (a < 0 || b < 0)\n    return FALSE;\n  return (from &&", "rule/client-fsp"),
    ("scope assigned: a client-like end", MATCH, "  if (!from && !to)\n    return FALSE;\n",
     "  if (!from && !to)\n    return TRUE;\n", ""),
    ("scope assigned: from the client", MATCH, "(from && is_in_reach (c->graph, a, b))",
     "(from && is_in_reach (c->graph, b, a))", "rule/client-fsp"),
    ("scope assigned: to the client", MATCH, "(to && is_in_reach (c->graph, b, a))",
     "(to && is_in_reach (c->graph, a, b))", "rule/client-push"),
    ("scope assigned: another role of the node", MATCH,
     "return ptl_catalogue_role (c->graph->catalogue, use->role)->kind == PTL_ROLE_CLIENT_LIKE;",
     "return ptl_catalogue_role (c->graph->catalogue, (use == c->from_use ? c->from : c->to)->roles[0].role)->kind\n"
     "         == PTL_ROLE_CLIENT_LIKE;", "flows/scope"),
    ("scope subtree: upwards", MATCH, "is_same_or_below (graph, b, a);", "is_same_or_below (graph, a, b);",
     "rule/console-client"),
    ("scope subtree: the site alone", MATCH, "return waived || is_same_or_below (graph, b, a);",
     "return waived || a == b;", "rule/console-client"),
    ("scope subtree: children alone", MATCH, "return waived || is_same_or_below (graph, b, a);",
     "return waived || a == b || is_parent (graph, a, b);", "rule/console-client"),
    ("scope subtree waived", MATCH, "return waived || is_same_or_below (graph, b, a);",
     "return !waived && is_same_or_below (graph, b, a);", "rule/console-client"),
    ("scope hierarchy", MATCH, "return waived || graph->sites[a].top == graph->sites[b].top;", "return waived || a == b;",
     "rule/client-cmg"),
    ("scope hierarchy: all", MATCH, "return waived || graph->sites[a].top == graph->sites[b].top;", "return TRUE;",
     "rule/client-cmg"),
    ("scope hierarchy waived", MATCH, "return waived || graph->sites[a].top == graph->sites[b].top;",
     "return !waived && graph->sites[a].top == graph->sites[b].top;", "rule/client-cmg"),
    ("scope parent-child: upwards alone", MATCH, "(is_parent (graph, a, b) || is_parent (graph, b, a));",
     "is_parent (graph, b, a);", "rule/sql-sql"),
    ("scope parent-child: downwards alone", MATCH, "(is_parent (graph, a, b) || is_parent (graph, b, a));",
     "is_parent (graph, a, b);", "rule/sql-sql"),
    ("scope parent-child: waived", MATCH, "return !waived && (is_parent (graph, a, b)", "return waived || (is_parent (graph, a, b)",
     "rule/sql-sql"),
    ("scope to-parent", MATCH, "return !waived && is_parent (graph, b, a);", "return !waived && is_parent (graph, a, b);",
     "rule/sup-parent-sup"),
    ("scope to-parent: both ways", MATCH, "return !waived && is_parent (graph, b, a);",
     "return !waived && (is_parent (graph, b, a) || is_parent (graph, a, b));", "rule/sup-parent-sup"),
    ("scope zone: no zone", MATCH, "&& c->from->zone >= 0 && c->from->zone == c->to->zone;",
     "&& c->from->zone == c->to->zone;", "rule/client-client"),
    ("scope zone: the zone", MATCH, "&& c->from->zone >= 0 && c->from->zone == c->to->zone;",
     "&& c->from->zone >= 0 && c->to->zone >= 0;", "rule/client-client"),
    ("scope zone: the site", MATCH, "return (waived || a == b) && c->from->zone >= 0", "return c->from->zone >= 0",
     "rule/client-client"),
    ("scope zone: waived", MATCH, "return (waived || a == b) && c->from->zone >= 0",
     "return (!waived && a == b) && c->from->zone >= 0", "rule/client-client"),
    ("scope link: the kind", MATCH, "      if ((int) link->kind == m->rule->link && c.from_use != NULL",
     "      if (c.from_use != NULL", ""),
    ("scope link: the role at the to end", MATCH, "c.from_use != NULL && c.to_use != NULL)", "c.from_use != NULL)",
     "flows/scope"),
    ("scope link: conditions of the ends", MATCH,
     "side_services (m, from, c.from_use, TRUE) & side_services (m, to, c.to_use, FALSE), TRUE);",
     "side_services (m, to, c.to_use, FALSE), TRUE);", "rule/pulldp-source"),
    ("a node with itself, alone in its class", MATCH, "(from == to && m->flows->classes[from].n_members == 1)",
     "(FALSE)", "flows/scope"),
    ("a node with itself, in its class", FLOWS, "if (destination->rank != i\n", "if (destination->rank != G_MAXUINT\n",
     "flows/scope/never"),
    ("nodes of one class with each other", MATCH, "(from == to && m->flows->classes[from].n_members == 1)",
     "(from == to)", "flows/scope/never"),
    ("cycles: the site below the repeated one", GRAPH, "i > cycle ? i - 1 : way->len - 1);", "cycle);", "flows/scope"),
    ("cycles: sites that lead into one", GRAPH, "  if (cycle < way->len)\n    top = graph->sites[next].top;",
     "  if (cycle < way->len)\n    top = next;", "flows/scope"),
    ("cycles: the last of one", GRAPH, "i > cycle ? i - 1 : way->len - 1);", "i > cycle ? i - 1 : i);", "flows/scope"),
    ("the candidates: the parent site", MATCH, "    try_site (m, side, m->graph->sites[site].parent);\n", "    ;\n",
     "flows/scope rule/client-fsp"),
    ("the candidates: the child sites", MATCH, "i < children->len; i++)", "i < MIN (children->len, 1); i++)",
     "rule/sql-sql"),
    ("the candidates: without a site", MATCH, "  try_site (m, side, -1);\n", "", "rule/ai-sql"),
    # 1.4: locations
    ("location intranet", MATCH, "      return !internet;\n", "      return TRUE;\n", "rule/client-gc"),
    ("location any: internet-facing", MATCH, 'return !internet || g_strcmp0 (facing, "no") != 0;', "return TRUE;",
     "rule/client-fsp"),
    ("location any: internet-facing = only", MATCH, 'return !internet || g_strcmp0 (facing, "no") != 0;',
     'return !internet || g_strcmp0 (facing, "yes") == 0;', "rule/client-fsp"),
    ("location any: a role without the option", MATCH, 'return !internet || g_strcmp0 (facing, "no") != 0;',
     'return !internet || (facing != NULL && g_strcmp0 (facing, "no") != 0);', "rule/client-cloud-dp"),
    ("location: internet-facing = only inside", MATCH,
     '  if (!internet && g_strcmp0 (facing, "only") == 0)\n    return FALSE;\n', "", "rule/client-fsp"),
    ("location cloud: auto", MATCH, 'return internet && g_strcmp0 (word, "never") != 0;', "return FALSE;",
     "rule/client-cmg"),
    ("location cloud: never", MATCH, 'return internet && g_strcmp0 (word, "never") != 0;', "return internet;",
     "rule/client-cmg"),
    ("location cloud: always", MATCH, '  if (g_strcmp0 (word, "always") == 0)\n    return TRUE;\n', "",
     "rule/client-cmg"),
    ("location: the from end", MATCH, "(from && is_on_internet (c, c->from)) || ", "", "rule/client-gc"),
    ("location: the to end", MATCH, " || (to && is_on_internet (c, c->to));", ";", "rule/client-push"),
    ("location: of ends that are not client-like", MATCH, "(from && is_on_internet (c, c->from))",
     "is_on_internet (c, c->from)", "flows/location"),
    ("location: a kind of zone", MATCH, ".kind == PTL_ZONE_INTERNET;", ".kind != PTL_ZONE_INTRANET;", "rule/client-gc"),
    ("location: the cloud is not the internet", MATCH, ".kind == PTL_ZONE_INTERNET;",
     ".kind >= PTL_ZONE_INTERNET;", "rule/client-gc"),
    ("location: a service's own", MATCH,
     "return service->location != PTL_LOCATION_NONE ? service->location : rule->location;", "return rule->location;",
     "rule/client-dp"),
    # conditions and features
    ("condition: an option's negation", MATCH, "return equal != condition->negated;", "return equal;",
     "rule/client-dp-pxe"),
    ("condition: a setting's negation", MATCH, "condition->word) == 0) != condition->negated;", "condition->word) == 0);",
     "rule/client-mp"),
    ("condition: a setting of the to node", MATCH, "strcmp (c->to->values[condition->setting]->text",
     "strcmp (c->from->values[condition->setting]->text", "rule/client-mp"),
    ("condition: a number", MATCH, ": use->options[option] == condition->number;",
     ": use->options[option] >= condition->number;", "rule/cmgcp-vmss"),
    ("condition: of the rule", MATCH, "  if (!side_conditions_hold (&c, &m->rule->conditions, from_side))\n    return 0;\n",
     "", "rule/client-dp-pxe"),
    ("condition: of a service", MATCH, "      services &= ~(1u << i);\n", "      ;\n", "rule/client-mp"),
    ("condition: all must hold", MATCH,
     "        && !ptl_candidate_condition (c, &conditions->items[i]))\n      return FALSE;\n  return TRUE;",
     "        && ptl_candidate_condition (c, &conditions->items[i]))\n      return TRUE;\n  return conditions->n == 0;",
     "rule/dp-client-tftp"),
    ("feature of a rule", MATCH, "(rule->feature < 0 || m->graph->features[rule->feature])", "TRUE", "rule/client-push"),
    ("feature of a service", MATCH, "(service->feature < 0 || m->graph->features[service->feature])", "TRUE",
     "rule/client-dp"),
    ("from roles: the first alone", MATCH, "f < m->rule->n_from; f++)", "f < MIN (m->rule->n_from, 1); f++)",
     "flows/roles"),
    # directions
    ("direction: the mirror", MATCH, "  if (m->rule->two_way && !ptl_candidate_waits (c, TRUE))",
     "  if (FALSE && !ptl_candidate_waits (c, TRUE))", "rule/site-server-ai"),
    ("direction: a mirror for all", MATCH, "  if (m->rule->two_way && !ptl_candidate_waits (c, TRUE))",
     "  if (!ptl_candidate_waits (c, TRUE))", "rule/ai-sql"),
    ("initiates: the way there", MATCH, "  if (!ptl_candidate_waits (c, FALSE))\n", "", "rule/mp-site-server"),
    ("initiates: the mirror", MATCH, "m->rule->two_way && !ptl_candidate_waits (c, TRUE)", "m->rule->two_way",
     "rule/site-server-ai"),
    ("initiates: one-way rules", MATCH, "return c->rule->two_way && (back ? c->to", "return (back ? c->to",
     "rule/dp-mp flows/initiates"),
    ("initiates: of the one that starts", MATCH, "(back ? c->to : c->from)->site_server_initiates",
     "(back ? c->from : c->to)->site_server_initiates", "rule/site-server-ai"),
    ("initiates: a site system", MATCH, "->site_server_initiates && starter->kind == PTL_ROLE_SITE_SYSTEM\n",
     "->site_server_initiates\n", "rule/site-server-ca"),
    ("initiates: no site server", MATCH, "&& !starter->site_server && other->site_server", "&& other->site_server",
     "rule/site-server-site-server"),
    # settings
    ("settings: the to node on the way back", FLOWS, "  class = match->back && !", "  class = FALSE && !",
     "rule/site-server-sup"),
    ("settings: the to node on the way there", FLOWS, "  class = match->back && !", "  class = !", "rule/ai-sql"),
    ("settings: rpc-dynamic of the destination", FLOWS,
     "match->back && !ptl_catalogue_setting (graph->catalogue, service->setting)->from_destination", "match->back",
     "rule/site-server-ai"),
    ("settings: several ranges", FLOWS, "i < value->n_ranges; i++)", "i < MIN (value->n_ranges, 1); i++)",
     "rule/site-server-dp"),
    ("settings: the site's", PLAN, "site >= 0 ? b->site_values[site] : b->plan_values", "b->plan_values",
     "flows/settings"),
    ("settings: the node's", PLAN, "b->plan_values, node->sets)", "b->plan_values, b->plan->sets)", "flows/settings"),
    ("settings: the plan's under a site's", PLAN, "override_values (b, b->plan_values, site->sets)",
     "override_values (b, i > 0 ? site_values[i - 1] : b->plan_values, site->sets)", "flows/settings"),
    ("settings: the plan's", PLAN, "override_values (b, values, b->plan->sets)", "values", "flows/settings"),
    ("features: the plan's", PLAN, "= feature->enabled;", "= TRUE;", "rule/client-dp"),
    # roles, flows
    ("a flow once", FLOWS, "  remove_duplicates (found, catalogue);\n", "", "flows/roles"),
    ("one flow a service", FLOWS, "  return strcmp (rule->services[one->service].name, "
     "rule->services[other->service].name);", "  return 0;", "flows/roles"),
    ("classes: links", CLASSES, "  append_links (key, out, index);\n", "", "flows/scope rule/pulldp-source"),
    ("classes: links that come", CLASSES, "  append_links (key, in, index);\n", "", "flows/scope rule/pulldp-source"),
    ("order of flows: protocol", FLOWS, "    return one->protocol - other->protocol;",
     "    return other->protocol - one->protocol;", "flows/order"),
    ("order of flows: port_from", FLOWS, "    return one->from - other->from;", "    return other->from - one->from;",
     "flows/order"),
    ("order of flows: port_to", FLOWS, "    return one->to - other->to;", "    return other->to - one->to;", "flows/order"),
    ("order of flows: rule", FLOWS, "    return strcmp (rule->id, other_rule->id);",
     "    return strcmp (other_rule->id, rule->id);", "flows/order"),
    ("order of flows: service", FLOWS,
     "  return strcmp (rule->services[one->service].name, rule->services[other->service].name);",
     "  return strcmp (rule->services[other->service].name, rule->services[one->service].name);", "flows/order"),
    ("order of flows: nodes", CLASSES,
     "  return strcmp (graph->nodes[*(const guint *) a].id, graph->nodes[*(const guint *) b].id);",
     "  return g_ascii_strcasecmp (graph->nodes[*(const guint *) a].id, graph->nodes[*(const guint *) b].id);",
     "flows/order"),
    ("crossing: ends in one zone", FLOWS, "destination >= 0 && source != destination;", "destination >= 0;", "routes/"),
    # 1.6: routes
    ("route: fewest firewalls", ROUTES, "s->queue[head++];", "s->queue[--tail];", "routes/"),
    ("route: a nearer firewall", ROUTES, "if (s->level[firewall] == s->distance[zone] - 1\n",
     "if (s->level[firewall] <= s->distance[zone] - 1 && s->level[firewall] >= 0\n", "routes/"),
    ("route: the smaller firewall id", ROUTES, "s->firewall_rank[firewall] < s->firewall_rank[best]",
     "s->firewall_rank[firewall] > s->firewall_rank[best]", "routes/"),
    ("route: the first firewall of the file", ROUTES,
     "|| s->firewall_rank[firewall] < s->firewall_rank[best]))", "|| FALSE))", "routes/"),
    ("route: firewall ids in byte order", ROUTES,
     "  return strcmp (graph->firewalls[*(const guint *) a].id, graph->firewalls[*(const guint *) b].id);",
     "  return g_ascii_strcasecmp (graph->firewalls[*(const guint *) a].id, graph->firewalls[*(const guint *) b].id);",
     "routes/"),
    ("route: the smaller next zone", ROUTES, "s->zone_rank[zone] < s->zone_rank[s->next[firewall]]",
     "s->zone_rank[zone] > s->zone_rank[s->next[firewall]]", "routes/"),
    ("route: a nearer next zone", ROUTES, "  else if (s->level[firewall] == s->distance[zone] && ", "  else if (",
     "routes/"),
    ("route: zone ids in byte order", ROUTES,
     "  return strcmp (graph->zones[*(const guint *) a].id, graph->zones[*(const guint *) b].id);",
     "  return g_ascii_strcasecmp (graph->zones[*(const guint *) a].id, graph->zones[*(const guint *) b].id);",
     "routes/"),
    ("route: read from the end with the smaller zone id", ROUTES, "        if (zone_rank[one] > zone_rank[other])\n",
     "        if (graph->n_firewalls > 0 ? zone_rank[one] < zone_rank[other] : zone_rank[one] > zone_rank[other])\n",
     "routes/"),
    ("route: read from the source", ROUTES, "        if (zone_rank[one] > zone_rank[other])\n",
     "        if (graph->n_firewalls == 0 && zone_rank[one] > zone_rank[other])\n", "routes/"),
    ("route: the same back", ROUTES, "there[i] = back[n - 1 - i] = next_firewall (s, zone);",
     "there[i] = back[i] = next_firewall (s, zone);", "routes/"),
    ("route: the internet is avoided", ROUTES, "search_from (&search, target, TRUE);",
     "search_from (&search, target, FALSE);", "routes/"),
    ("route: the internet for want of another", ROUTES, "        search_from (&search, target, FALSE);\n",
     "        search_from (&search, target, TRUE);\n", "routes/"),
    ("route: the internet as an end", ROUTES, "return zone == s->target || !s->avoid_internet",
     "return !s->avoid_internet", "routes/"),
    ("route: perimeters and clouds", ROUTES, ".kind != PTL_ZONE_INTERNET;", ".kind == PTL_ZONE_INTRANET;", "routes/"),
    ("route: an implied firewall's id", ROUTES, "graph->zones[pair.low].id, graph->zones[pair.high].id);",
     "graph->zones[pair.high].id, graph->zones[pair.low].id);", "routes/"),
    ("route: implied without firewalls alone", ROUTES, "  if (graph->n_firewalls == 0)\n", "  if (TRUE)\n", "routes/"),
    ("sheets: unmanaged firewalls", SHEETS, "return sheets->routes->firewalls[firewall].managed;", "return TRUE;",
     "sheets/no sheet"),
    # 1.7: consolidation
    ("join: sources", JOIN, "item[-1].destination == item->destination)", "FALSE)", "sheets/"),
    ("join: destinations", JOIN, "g_array_index (runs, Run, end), &context) == 0;",
     "g_array_index (runs, Run, end), &context) == 2;", "sheets/"),
    ("join: destinations of the same sources", JOIN,
     "  order = memcmp (context->sources + one->first, context->sources + other->first, one->n * sizeof (guint));\n",
     "  order = 0;\n", "sheets/"),
    ("join: destinations of as many sources", JOIN, "  if (one->n != other->n)\n    return one->n < other->n ? -1 : 1;\n  order",
     "  order", "sheets/"),
    ("join: the same ports", JOIN, "  return compare_pointers (one->ranges, other->ranges);", "  return 0;", "sheets/"),
    ("join: as many ports", JOIN, "  if (one->n_ranges != other->n_ranges)\n    return one->n_ranges < other->n_ranges ? -1 : 1;\n",
     "  if (one->n_ranges != other->n_ranges)\n    return 0;\n", "sheets/"),
    ("join: the same reasons", JOIN, "  if (order != 0)\n    return order;\n  if (one->n_ranges", "  if (one->n_ranges",
     "sheets/"),
    ("join: the same protocol", JOIN,
     "  if (one->protocol != other->protocol)\n    return one->protocol < other->protocol ? -1 : 1;\n", "",
     "sheets/"),
    ("reasons: each rule once", JOIN, "if (i == 0 || rules[i] != rules[n - 1])", "if (TRUE)", "sheets/"),
    ("reasons: all rules of a port", JOIN, "add_range (c, parts, active, ", "g_ptr_array_set_size (active, 1);\n"
     "      add_range (c, parts, active, ", "sheets/"),
    ("reasons: by id", JOIN, "rules[i] = c->rule_rank[((const PtlFlow *) active->pdata[i])->rule];",
     "rules[i] = G_MAXUINT16 - c->rule_rank[((const PtlFlow *) active->pdata[i])->rule];", "sheets/"),
    ("reasons: port by port, where one begins", JOIN, "        end = flows[next].from;\n", "        end = 65536;\n",
     "sheets/"),
    ("reasons: port by port, where one ends", JOIN, "end = MIN (end, ((const PtlFlow *) active->pdata[i])->to + 1u);",
     "end = MIN (end, ((const PtlFlow *) active->pdata[0])->to + 1u);", "sheets/"),
    ("reasons: one part for each", JOIN,
     "part->protocol == protocol && part->reasons == reasons && part->n_reasons == n_reasons", "part->protocol == protocol",
     "sheets/"),
    ("reasons: one part for a protocol", JOIN, "if (part->protocol == protocol && part->reasons == reasons",
     "if (part->reasons == reasons", "sheets/"),
    ("ranges: adjacent ones are joined", JOIN, "if (last != NULL && last->to + 1 == range.from)", "if (FALSE)", "sheets/"),
    ("ranges: with a gap are not", JOIN, "last->to + 1 == range.from", "last->to + 2 >= range.from", "sheets/"),
    ("ranges: none for ICMP", JOIN, "part->protocol == PTL_PROTOCOL_ICMP ? 0 : part->ranges->len", "part->ranges->len",
     ""),
    ("phase: operation prevails", JOIN, "->phase == PTL_PHASE_OPERATION)\n      grant->phase = PTL_PHASE_OPERATION;",
     "->phase == PTL_PHASE_OPERATION && grant->n_reasons == 1)\n      grant->phase = PTL_PHASE_OPERATION;", "sheets/"),
    ("phase: installation", JOIN, "grant->phase = PTL_PHASE_INSTALLATION;", "grant->phase = PTL_PHASE_OPERATION;",
     "sheets/"),
    ("expand: pairs", JOIN, "  if (!split)\n", "  if (TRUE)\n", "sheets/expand"),
    ("expand: nodes", SHEETS, "  if (!sheets->expand)\n    return cut_list", "  if (TRUE)\n    return cut_list",
     "sheets/expand"),
    ("expand: ranges", SHEETS, "end = maker->sheets->expand ? first + 1 : run_end", "end = FALSE ? first + 1 : run_end",
     "sheets/expand"),
    ("expand: ICMP", SHEETS, "  if (grant->n_ranges == 0)\n    add_row (maker, sources, destinations, 0, 0);\n", "", ""),
    *[(f"id: {what}", SHEETS, search, replacement, "sheets/") for what, search, replacement in [
        ("source zone", "digest_text (checksum, graph->zones[row->source_zone].id,", 'digest_text (checksum, "",'),
        ("destination zone", "digest_text (checksum, graph->zones[row->destination_zone].id,", 'digest_text (checksum, "",'),
        ("phase", "digest_text (checksum, ptl_phase_names[row->phase],", 'digest_text (checksum, "operation",'),
        ("protocol", "digest_text (checksum, ptl_protocol_names[row->protocol],", 'digest_text (checksum, "tcp",'),
        ("sources", "digest_nodes (checksum, r->sheets, r->source_ranks, row->n_sources);",
         "digest_nodes (checksum, r->sheets, r->source_ranks, 1);"),
        ("destinations", "digest_nodes (checksum, r->sheets, r->destination_ranks, row->n_destinations);",
         "digest_nodes (checksum, r->sheets, r->destination_ranks, 1);"),
        ("ranges", 'digest_text (checksum, range, i + 1 < row->n_ranges ? " " : "");',
         'digest_text (checksum, range, "");'),
        ("reasons", "                 i + 1 < row->n_reasons ? \" \" : \"\");", "                 \"\");"),
        ("ids of nodes in byte order", "  qsort (ranks, n, sizeof (guint), compare_guints);\n", "")]],
    ("cut: 30,000 characters", SHEETS, "if (sum > PTL_CELL_LIMIT)", "if (sum > PTL_CELL_LIMIT + 1)", "sheets/cut"),
    ("cut: 30,000 characters fit", SHEETS, "if (sum > PTL_CELL_LIMIT)", "if (sum >= PTL_CELL_LIMIT)", "sheets/cut"),
    ("cut: separators", SHEETS, "sum += SEPARATOR_LENGTH + length (i, data);", "sum += length (i, data);", "sheets/cut"),
    ("cut: names", SHEETS, "end = slice_end (sheets, &(Slice){ list, first, list->n - first }, first, FALSE);",
     "end = list->n;", "sheets/cut"),
    ("cut: addresses", SHEETS, "e = slice_end (sheets, &names, f, TRUE);", "e = end;", "sheets/cut"),
    ("cut: names before addresses", SHEETS, "&(Slice){ list, first, list->n - first }, first, FALSE);",
     "&(Slice){ list, first, list->n - first }, first, TRUE);", "sheets/cut"),
    ("cut: ports", SHEETS, "run_end (first, grant->n_ranges, 0, range_length, grant->ranges);", "grant->n_ranges;",
     "sheets/cut"),
    ("cut: a range's characters", SHEETS, "(range->from == range->to ? 0 : 1 + digits (range->to));",
     "(1 + digits (range->to));", "sheets/cut"),
    ("cut: characters, not bytes", SHEETS, "(guint) g_utf8_strlen (sheets->node_names[i], -1);",
     "(guint) strlen (sheets->node_names[i]);", "sheets/cut"),
    ("cut: what stands for a missing address", SHEETS, "#define UNRESOLVED_LENGTH 10", "#define UNRESOLVED_LENGTH 9",
     "sheets/cut"),
    ("cut: a formula's quote", SHEETS, "run_end (first, slice->first + slice->n, quoted ? 1 : 0,",
     "run_end (first, slice->first + slice->n, quoted ? 0 : 0,", "sheets/cut"),
    ("order in a cell: names", SHEETS, "  return ranks[*(const guint *) a] < ranks[*(const guint *) b] ? -1 : 1;",
     "  return ranks[*(const guint *) a] > ranks[*(const guint *) b] ? -1 : 1;", "sheets/"),
    ("order of rows: source zone", SHEETS, "    return source < other_source ? -1 : 1;",
     "    return source > other_source ? -1 : 1;", "sheets/order"),
    ("order of rows: destination zone", SHEETS,
     "sheets->zone_rank[one & G_MAXUINT32] < sheets->zone_rank[other & G_MAXUINT32]",
     "sheets->zone_rank[one & G_MAXUINT32] > sheets->zone_rank[other & G_MAXUINT32]", "sheets/order"),
    ("order of rows: zones in byte order", SHEETS,
     "  return strcmp (graph->zones[*(const guint *) a].id, graph->zones[*(const guint *) b].id);",
     "  return g_ascii_strcasecmp (graph->zones[*(const guint *) a].id, graph->zones[*(const guint *) b].id);",
     "sheets/order"),
    ("order of rows: phase", SHEETS, "    return one->phase < other->phase ? -1 : 1;\n  if (one->protocol",
     "    return one->phase > other->phase ? -1 : 1;\n  if (one->protocol", "sheets/order"),
    ("order of rows: phase before protocol", SHEETS,
     "  if (one->phase != other->phase)\n    return one->phase < other->phase ? -1 : 1;\n  if (one->protocol",
     "  if (one->protocol", "sheets/order"),
    ("order of rows: protocol", SHEETS, "    return one->protocol < other->protocol ? -1 : 1;",
     "    return one->protocol > other->protocol ? -1 : 1;", "sheets/"),
    ("order of rows: ranges from", SHEETS, "        return one->ranges[i].from - other->ranges[i].from;",
     "        return other->ranges[i].from - one->ranges[i].from;", "sheets/order"),
    ("order of rows: ranges to", SHEETS, "        return one->ranges[i].to - other->ranges[i].to;",
     "        return other->ranges[i].to - one->ranges[i].to;", "sheets/order"),
    ("order of rows: fewer ranges first", SHEETS,
     "  return (one->n_ranges > other->n_ranges) - (one->n_ranges < other->n_ranges);",
     "  return (one->n_ranges < other->n_ranges) - (one->n_ranges > other->n_ranges);", "sheets/order"),
    ("order of rows: nodes", SHEETS, "      return one[i] < other[i] ? -1 : 1;", "      return one[i] > other[i] ? -1 : 1;",
     "sheets/order"),
    ("order of rows: fewer nodes first", SHEETS, "  return (n > other_n) - (n < other_n);",
     "  return (n < other_n) - (n > other_n);", "sheets/order"),
    ("order of rows: sources before destinations", SHEETS,
     "order = compare_lists (r->source_ranks, one->n_sources, s->source_ranks, other->n_sources);", "order = 0;",
     "sheets/order"),
    ("order of rows: destinations before reasons", SHEETS,
     "order = compare_lists (r->destination_ranks, one->n_destinations, s->destination_ranks, other->n_destinations);",
     "order = 0;", "sheets/order"),
    ("order of rows: reasons", SHEETS, "return order != 0 ? order : compare_reasons (r->sheets, one, other);",
     "return order != 0 ? order : compare_reasons (r->sheets, other, one);", ""),
]

# ---------------------------------------------------------------------------------------------------------------------


class Judge:
    """Runs the cases on mutants, and counts and prints what became of them."""

    def __init__(self, root, known):
        self.root, self.known, self.lock = root, known, threading.Lock()
        self.killed = self.equivalent = self.refused = 0
        self.wrong = []

    def failing(self, cli, relevant, env=None, jobs=1):
        """The first case that fails, and why; relevant ones first."""
        rest = {key: case for key, case in self.known.items() if key not in relevant}
        for todo in [{key: self.known[key] for key in relevant}, rest]:
            if jobs > 1:
                for failure in test_rules.run_cases(cli, todo, env, first_only=True):
                    return failure
                continue
            for key, case in todo.items():
                try:
                    case(cli, env)
                except Broken as error:
                    return key, str(error)
                except Exception as error:
                    return key, f"{type(error).__name__}: {error}"
        return None

    def report(self, name, failure, refused=False):
        with self.lock:
            if refused:
                self.refused += 1
                print(f"{name}: refused: {failure}", flush=True)
            elif failure and name not in EQUIVALENT:
                self.killed += 1
                print(f"{name}: {failure[0]}", flush=True)
            elif name in EQUIVALENT and not failure:
                self.equivalent += 1
                print(f"{name}: equivalent: {EQUIVALENT[name]}", flush=True)
            else:
                self.wrong.append(name)
                print(f"{name}: {'NOT EQUIVALENT: ' + failure[0] if failure else 'SURVIVES'}", flush=True)


def refusal(cli, env):
    """What the program says when it does not take the data at all."""
    done = subprocess.run([cli, "catalogue"], env={**os.environ, **env}, capture_output=True, text=True)
    return done.stderr.strip().split("\n")[-1][:160] if done.returncode else None


def break_data(judge, cli, folder, mutants):
    count = itertools.count()

    def attempt(name, text, relevant):
        path = os.path.join(folder, f"catalogue-{next(count)}.xml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        env = {"G_RESOURCE_OVERLAYS": OVERLAY + path}
        failure = judge.failing(cli, relevant, env)
        refused = refusal(cli, env) if failure and "ended with" in failure[1] else None
        judge.report(name, refused or failure, refused is not None)
        os.remove(path)

    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        # The data are changed in place: the texts are made one after the other, a few ahead of the tests.
        waiting = set()
        for name, text, relevant in mutants:
            waiting.add(pool.submit(attempt, name, text(), relevant))
            if len(waiting) >= 2 * JOBS:
                done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in done:
                    future.result()
        for future in waiting:
            future.result()


def check_code(root):
    """Every search text is found once; otherwise the table is out of date."""
    stale = []
    for name, file, search, replacement, cases in CODE:
        with open(os.path.join(root, "src", file), encoding="utf-8") as source:
            found = source.read().count(search)
        if found != 1 or search == replacement:
            stale.append(f"{name}: found {found} times in {file}")
    names = [name for name, *_ in CODE]
    stale += [f"{name}: two mutants of this name" for name in set(names) if names.count(name) > 1]
    if stale:
        raise SystemExit("break.py: the table CODE is out of date:\n  " + "\n  ".join(stale))


def build(tree, folder):
    return subprocess.run(["ninja", "-C", folder, CLI], capture_output=True, text=True)


def new_data_fails(root, cli):
    done = subprocess.run([sys.executable, os.path.join(root, "tests/rules/test_new_data.py"), root, cli],
                          capture_output=True, text=True)
    failed = re.findall(r"^FAILED (.*?):", done.stdout, re.M)
    return (f"test_new_data.py: {failed[0] if failed else done.stderr[-200:]}", "") if done.returncode else None


def break_code(judge, root, folder, mutants):
    tree, out = os.path.join(folder, "tree"), os.path.join(folder, "build")
    shutil.copytree(root, tree, ignore=shutil.ignore_patterns(".git", "__pycache__"))
    with open(os.path.join(tree, "tests/meson.build"), "w"):
        pass  # the program alone is built
    subprocess.run(["meson", "setup", out, tree, "-Doptimization=0", "-Ddebug=false"], check=True, capture_output=True)
    first = build(tree, out)
    if first.returncode:
        raise SystemExit(f"break.py: the unchanged program does not build:\n{first.stdout[-2000:]}")
    cli = os.path.join(out, CLI)
    for name, file, search, replacement, cases in mutants:
        path = os.path.join(tree, "src", file)
        with open(path, encoding="utf-8") as source:
            before = source.read()
        with open(path, "w", encoding="utf-8") as source:
            source.write(before.replace(search, replacement))
        built = build(tree, out)
        if built.returncode:
            errors = [line for line in built.stdout.split("\n") if "error" in line]
            raise SystemExit(f"break.py: code/{name} does not build:\n" + "\n".join(errors[:5]))
        relevant = [key for key in judge.known if key.startswith(tuple(cases.split()))] if cases else []
        failure = judge.failing(cli, relevant, jobs=2) or new_data_fails(root, cli)
        judge.report(f"code/{name}", failure)
        with open(path, "w", encoding="utf-8") as source:
            source.write(before)


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    root, cli = os.path.abspath(sys.argv[1]), os.path.join(os.path.abspath(sys.argv[2]), CLI)
    chosen = tuple(sys.argv[3:]) or ("",)
    check_code(root)
    known = test_rules.all_cases()
    judge = Judge(root, known)
    sound = judge.failing(cli, [], jobs=2) or new_data_fails(root, cli)
    if sound:
        raise SystemExit(f"break.py: the unchanged program fails {sound[0]}: {sound[1]}")
    folder = tempfile.mkdtemp(prefix="portolan-break-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    data = [mutant for mutant in data_mutants(os.path.join(root, "data/catalogue.xml"), known)
            if mutant[0].startswith(chosen)]
    code = [mutant for mutant in CODE if f"code/{mutant[0]}".startswith(chosen)]
    break_data(judge, cli, folder, data)
    if code:
        break_code(judge, root, folder, code)
    print(f"{len(data) + len(code)} mutants: {judge.killed} fail a test, {judge.equivalent} equivalent, "
          f"{judge.refused} refused, {len(judge.wrong)} wrong")
    for name in judge.wrong:
        print(f"  {name}")
    sys.exit(1 if judge.wrong else 0)


if __name__ == "__main__":
    main()
