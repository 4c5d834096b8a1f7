package policies["genesys-suite"]["switch-command_test"]

import data.policies["genesys-suite"]["switch-command"] as rule

uninstall(name) := {"verb": "uninstall", "release": {"name": name}, "sets": []}

count_for(commands) := count(findings) if {
	findings := rule.findings with input as {"commands": commands}
}

switch(sets) := {"verb": "upgrade", "release": {"name": "designer-ingress"}, "sets": sets}

strategy(value) := {"word": 5, "path": ["designer", "deployment", "strategy"], "value": value}

colour := {"word": 7, "path": ["designer", "deployment", "color"], "value": "green"}

test_switch if {
	count_for([switch([strategy("blue-green-ingress"), colour])]) == 0
	count_for([switch([strategy("blue-green"), colour])]) == 1
	count_for([switch([strategy("blue-green-ingress")])]) == 1
}

test_removal if {
	count_for([uninstall("gauth")]) == 1
	count_for([uninstall("gws-ingress"), uninstall("gws-services")]) == 0
	count_for([uninstall("gws-services-blue")]) == 1
	count_for([uninstall("ges")]) == 0
}
