//! Programs that talk to other machines.

use crate::facts::program::reader::network as reader;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NO_END;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::OPEN;
use crate::facts::program::row::Row;
use crate::facts::program::row::SHARED;
use crate::facts::program::row::row;

#[rustfmt::skip]
const GH: &[Row] = &[
    row("pr view,pr list,pr diff,pr checks,pr status,issue view,issue list,issue status,repo \
         view,repo list,release view,release list,run view,run list,run watch,workflow \
         view,workflow list,search,search code,search issues,search prs,search repos,search \
         commits,label list,gist view,gist list,cache list,ruleset list,ruleset view,ruleset \
         check,mr view,mr list,mr diff,ci view,ci list,ci status,ci trace,status,project \
         list,project view,org list,secret list,variable list,variable get,browse,pipeline list",
        "t*", &["!fetches_data"]).shape(LOOSE),
    row("release download,run download,repo clone,pr checkout,gist clone,mr checkout", "t*",
        &["!fetches_data !changes_git_state -D=w dir=w -O=w output=w"]).shape(LOOSE),
    row("auth status,version,help,config get,config list,alias list,extension list,completion,\
         auth setup-git", "t*",
        &["-t!reveals_credentials show-token!reveals_credentials"]).shape(LOOSE),
    row("auth token,auth login,auth refresh,auth logout,auth", "t*",
        &["!reveals_credentials"]).shape(LOOSE),
    row("api,graphql", "t*", &["!changes_provider !fetches_data !sends_data input=s -F=q \
         field=q"]).shape(LOOSE),
    row("extension install,extension exec,extension upgrade,alias set,config set",
        "t*", &["!loads_code !overrides_configuration"]).shape(LOOSE),
];

#[rustfmt::skip]
const CLOUD_READS: &[Row] = &[
    row("get,describe,logs,top,explain,api-resources,api-versions,version,cluster-info,\
         list,status,history,show,search,template,lint,plan,validate,output,providers,graph,state \
         list,state show,config view,config current-context,config get-contexts,rollout \
         status,rollout history,auth can-i,diff,help,sts get-caller-identity,s3 ls,account \
         show,workspace list,workspace show,fmt,env list,repo list",
        "t*", &["!fetches_data kubeconfig=k -f=r filename=r -o=t"]).shape(LOOSE),
    row("exec,run,attach,debug,console,ssh,cp,port-forward,proxy,compute ssh,ecs execute-command,\
         ssm start-session", "b*",
        &["!runs_remotely !sends_data !fetches_data"]).shape(LOOSE),
    row("configure,configure get,configure export-credentials,auth print-access-token,auth \
         print-identity-token,secretsmanager get-secret-value,ssm get-parameter,ssm \
         get-parameters,keyvault secret show,account get-access-token,secrets versions \
         access,login,logout,auth login,auth,ecr get-login-password,eks get-token",
        "t*", &["!reveals_credentials !fetches_data"]).shape(LOOSE),
];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("curl", "u*", &[
        "!fetches_data -0123469BafgGhIijklLMNpqRsSvVZ:J -O,remote-name,remote-name-all#O \
         -n!reveals_credentials -A= -b=r -c=w -C= -d=q -D=w -e= -E=r -F=q -H=H -K=k -m= -o=w -P= \
         -Q= -r= -t= -T=s -u= -U= -w=H -x=h -X=X -y= -Y= -z=l data=q data-ascii=q data-binary=q \
         data-raw=!sends_data data-urlencode=q form=q form-string=!sends_data json=q \
         upload-file=s url-query=q output=w output-dir=w remote-header-name create-dirs config=k \
         cookie=r cookie-jar=w header=H dump-header=w stderr=w trace=w trace-ascii=w cert=r key=r \
         cacert=r capath=r netrc!reveals_credentials netrc-file=r -n!reveals_credentials proxy=h \
         proxy-user= resolve=k connect-to=k doh-url=u unix-socket=k abstract-unix-socket=k url=u \
         request=X referer= user= user-agent= location location-trusted max-redirs= max-time= \
         connect-timeout= retry= retry-delay= retry-max-time= retry-all-errors fail \
         fail-with-body silent show-error verbose include head get compressed insecure ipv4 ipv6 \
         http1.1 http2 http3 tlsv1.2 tlsv1.3 tls-max= progress-bar no-progress-meter parallel \
         parallel-max= limit-rate= range= continue-at= write-out=H globoff next oauth2-bearer= \
         basic engine=o proto= noproxy= disable time-cond=l max-filesize= version",
    ]).reader(reader::curl),
    row("wget,wget2", "u*", &[
        "!fetches_data -bdqvcNSxrkKmpHLFEVhn -o=w -a=w -i=r -B=u -t= -O=w -P=w -T= -w= -Q= -l= \
         -A= -R= -D= -I= -X= -e=k -U= output-file=w append-output=w input-file=r config=k tries= \
         output-document=w continue timestamping server-response spider timeout= wait= \
         directory-prefix=w header= referer= user-agent= post-data=!sends_data post-file=s \
         body-data=!sends_data body-file=s method= proxy=k user= password= no-check-certificate \
         recursive level= mirror accept= reject= execute=k quiet verbose no-verbose no-clobber \
         background show-progress progress= limit-rate= max-redirect= content-disposition \
         no-parent inet4-only inet6-only -4 -6",
    ]).reader(reader::wget),
    row("ldapsearch,ldapmodify,ldapadd,ldapdelete,ldappasswd,ldapwhoami,ldapcompare,snmpwalk,snmpget,\
         snmpset,snmpbulkwalk,snmptrap,smbclient,rpcclient,rpcinfo,showmount,mosquitto_pub,\
         mosquitto_sub,kcat,kafkacat,nats,stomp,amqp-publish,memcstat,rabbitmqadmin,zabbix_get", "t*",
        &["!fetches_data !sends_data -h=h -H=u -f=r -y=r"]).shape(LOOSE),
    row("http,https,httpie,xh,xhs,hurl,bombardier,ab,wrk,hey,vegeta,k6,grpcurl,websocat,\
         wscat,evans", "u*",
        &["!fetches_data !sends_data -o=w output=w download session=w proxy=h"]).shape(LOOSE),
    row("aria2c,axel,lynx,links,elinks,w3m,youtube-dl,yt-dlp,httrack,browsh,lftpget,\
         curlie,fetch", "u*",
        &["!fetches_data -o=w -d=w -i=r dir=w out=w input-file=r exec=c conf-path=k \
         on-download-complete=x"]).shape(LOOSE),
    row("nc,ncat,netcat,nc.openbsd,nc.traditional", "ht*", &[
        "!fetches_data !sends_data -46bCDdFhkNnrStuUvzZ -l!listens listen!listens -e=c exec=c \
         -c=c sh-exec=c lua-exec=x -g= -G= -I= -i= -M= -m= -O= -o=w -P= -p= -q= -s= -T= -V= -W= \
         -w= -X= -x=h proxy=h ssl udp keep-open send-only recv-only allow= source=",
    ]).shape(ABBREVIATES),
    row("socat", "t*", &["!fetches_data !sends_data"]).shape(LOOSE).reader(reader::socat),
    row("telnet,ftp,tftp,lftp,sftp,ncftp,ncftpget,ncftpput,rlogin,rexec,finger,gopher,cadaver",
        "ht*",
        &["!fetches_data !sends_data -b=r -f=r -c=c -e=c -o=k -F=k -i=r -P= -S=x -J=h -l= -s= -u= \
         -p="]).shape(LOOSE),
    row("scp,rcp,pscp", "m*M", &["!fetches_data -346ABCOpqRrTv -c= -D=x -F=k -i=r -J=h -l= -o=k \
         -P= -S=x -X="]),
    row("dig,host,nslookup,drill,delv,kdig,resolvectl,getent,dog,doggo,systemd-resolve,\
         dnsx,subfinder", "t*",
        &["!fetches_data !sends_data -f=r"]).shape(LOOSE | NO_END).reader(reader::names),
    row("ping,ping6,traceroute,traceroute6,tracepath,mtr,whois,nmap,masscan,fping,hping3,arping,\
         arp,tcptraceroute,nbtscan,zmap,iperf,iperf3,ntpdate,ssh-keyscan,sntp", "h*",
        &["!fetches_data !sends_data -c= -i= -W= -w= -s= -t= -p= -m= -I= -Q= -l= -f=r  script=x"])
        .shape(LOOSE),
    row("mail,mailx,sendmail,mutt,msmtp,swaks,s-nail,mpack,ssmtp,sendemail,exim,wall,write,\
         logger,notify-send,ntfy,apprise,slackcat,telegram-send", "t*",
        &["!sends_data -a=r -A=r -s= -r= attach=r"]).shape(LOOSE),
    row("rclone,s3cmd,s4cmd,s5cmd,gsutil,azcopy,mc,b2,croc,wormhole,magic-wormhole,transfer,ipfs,\
         restic,borg,duplicity,duplicacy,syncthing,unison,dropbox", "b*",
        &["!fetches_data !sends_data !changes_cloud config=k"]).shape(LOOSE),
    row("ngrok,cloudflared,localtunnel,lt,bore,frpc,frps,chisel,tailscale,zerotier-cli,\
         serveo,http-server,serve,live-server,caddy,nginx,apachectl,httpd,sshd,dropbear,\
         vsftpd,smbd,nfsd,tcpdump,tshark,wireshark,ngrep,mitmproxy,mitmdump,ettercap,\
         sshuttle,openvpn,wg,wg-quick,webfsd,darkhttpd,miniserve", "b*",
        &["!listens !sends_data"]).shape(LOOSE),
    row("ssh-copy-id", "h*", &["!sends_data -i=r -p= -o=k"]).shape(LOOSE),
    row("gh,glab,hub,tea,bb-cli,jira,linear", "",
        &["!sends_data -R= repo= -h hostname=h \
         version"]).shape(OPEN | LOOSE).subcommands(GH).reader(reader::provider),
    row("aws,gcloud,az,kubectl,oc,helm,terraform,tofu,terragrunt,pulumi,doctl,heroku,flyctl,\
         fly,vercel,netlify,wrangler,firebase,eksctl,k9s,argocd,flux,serverless,sls,\
         sam,cdk,amplify,eb,ibmcloud,oci,linode-cli,scw,hcloud,nomad,consul,supabase,\
         railway,render,planetscale,turso",
        "", &["profile= region= output= kubeconfig=k -n= namespace= context= project= \
         subscription= \
         -h"]).shape(OPEN | LOOSE | SHARED).subcommands(CLOUD_READS).reader(reader::provider),
    row("ansible,ansible-playbook,ansible-console,salt,salt-call,puppet,chef-client,knife,fabric,\
         capistrano,cap,packer", "b*",
        &["!runs_remotely !changes_cloud !sends_data -i=x -e=k -a=c"]).shape(LOOSE),
    row("vault,op,bw,pass,gopass,lpass,keyring,secret-tool,security,sops,age,chamber,\
         doppler,infisical,berglas,aws-vault-,gpg,gpg2,ssh-add,ssh-agent,ssh-keygen,\
         kinit,klist,keytool,gpg-connect-agent,gpgconf,pass-otp,oathtool", "b*",
        &["!reveals_credentials -f=b -i=r -o=w output=w export-secret-keys \
         keystore=b"]).shape(LOOSE),
    row("openssl", "t*", &["-in=r -out=w -inkey=r -key=r -engine=x -provider=o -provider-path=x \
         -config=k -connect=h!sends_data -accept=!listens -CAfile=r -CApath=r -cert=r -passin= \
         -passout= -keyout=w -signkey=r -CA=r -CAkey=r -extfile=r -verify=r -signature=r -sign=r \
         -rand=r -writerand=w"]).shape(LOOSE | ONE_DASH).reader(reader::openssl),
];
