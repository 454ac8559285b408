"""Speaks to an ECS endpoint with Debian's libcloud, and prints what it answers as JSON.

libcloud-client.py PORT KEY SECRET REGION, with one command a line on stdin, each a JSON list.
"""
import json
import sys

from libcloud.compute.drivers.ecs import ECSDriver

port, key, secret, region = sys.argv[1:5]
driver = ECSDriver(key, secret, secure=False, host='127.0.0.1', port=int(port), region=region)


def fields(element):
    return {child.tag: child.text or '' for child in element}


def raw(action, parameters):
    """Any action through the driver's own signed connection, as a tree of XML."""
    return driver.connection.request('/', dict(parameters, Action=action)).object


def instances():
    return [
        {'id': node.id, 'name': node.name, 'state': str(node.state), 'public': node.public_ips}
        for node in driver.list_nodes()
    ]


def groups():
    return [{'id': group.id, 'name': group.name, 'vpc': group.vpc_id} for group in driver.ex_list_security_groups()]


def rules(group_id):
    """The driver keeps five fields of a rule; the whole rule is in the XML that it read."""
    short = [
        [rule.ip_protocol, rule.port_range, rule.source_group_id, rule.policy, rule.nic_type]
        for rule in driver.ex_list_security_group_attributes(group_id, nic_type='intranet')
    ]
    tree = raw('DescribeSecurityGroupAttribute', {'RegionId': region, 'SecurityGroupId': group_id})
    whole = [fields(element) for element in tree.findall('Permissions/Permission')]
    return {'short': short, 'whole': whole}


def node(instance_id):
    return driver.list_nodes(ex_node_ids=[instance_id])[0]


commands = {
    'instances': instances,
    'groups': groups,
    'rules': rules,
    'regions': lambda: [location.id for location in driver.list_locations()],
    'join': lambda instance_id, group_id: driver.ex_join_security_group(node(instance_id), group_id),
    'leave': lambda instance_id, group_id: driver.ex_leave_security_group(node(instance_id), group_id),
    'delete': lambda group_id: driver.ex_delete_security_group_by_id(group_id),
    'create': lambda parameters: raw('CreateSecurityGroup', parameters).findtext('SecurityGroupId'),
    'call': lambda action, parameters: raw(action, parameters).findtext('RequestId'),
}

for line in sys.stdin:
    name, *arguments = json.loads(line)
    try:
        print(json.dumps({'value': commands[name](*arguments)}))
    except Exception as error:  # Whatever the library raises is its answer.
        print(json.dumps({'error': str(error)}))
